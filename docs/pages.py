"""What the pages need of Sphinx: commands run as they are printed, thumbnails, and pages made from code and tables.

Made pages go to `generated/`, which git does not keep, so that no page can say anything else than the package does.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import GenericAlias, ModuleType
from typing import IO, TYPE_CHECKING, Any

import yaml
from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.transforms.post_transforms import SphinxPostTransform

import shellflow
from shellflow import catalog

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Shell", "Thumbnails", "setup"]

_HERE = Path(__file__).parent
_MADE = _HERE / "generated"
_ROOT = _HERE.parent
_NOTEBOOKS = _ROOT / "notebooks"
_TABLES = Path(shellflow.__file__).parent / "data" / "README.md"
_TERMINAL = {"COLUMNS": "118", "TERM": "dumb"}


# --- commands, run ----------------------------------------------------------------------------------------------------


def _run(command: str, folder: str | None = None) -> tuple[int, str]:
    """Return how a command ends and what it prints on a terminal as wide as a page; a pipe would not wrap."""
    program, *arguments = shlex.split(command)
    if program != "shellflow":
        raise ValueError(f"only shellflow is run in pages, not {program!r}")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb") as screen:
        running = subprocess.Popen(
            [sys.executable, "-m", "shellflow", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.STDOUT,
            env={**os.environ, **_TERMINAL},
            cwd=folder,
        )
        os.close(theirs)
        printed = b"".join(_read(screen)).decode()
    return running.wait(), "\n".join(line.rstrip() for line in printed.splitlines())


def _read(screen: IO[bytes]) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # how Linux says that nobody writes to a terminal any more
        while some := screen.read(1):
            yield some


class Shell(Directive):
    """Commands of the command line, each followed by what it prints; `:fails:` where it is to refuse.

    They are run in a folder of their own, which holds the tables that lie beside the page.
    """

    has_content = True
    option_spec = {"fails": directives.flag}  # noqa: RUF012  what docutils asks for

    def run(self) -> list[nodes.Node]:
        """Return each command and what it printed."""
        found: list[nodes.Node] = []
        page = Path(self.state_machine.document["source"])
        with TemporaryDirectory() as folder:
            for table in page.parent.glob("*.csv"):
                shutil.copy(table, folder)
            for command in self.content:
                code, printed = _run(command, folder)
                if (code != 0) is not ("fails" in self.options):
                    raise self.error(f"{command!r} ended with {code}: {printed}")
                found += [_literal(command, "bash"), _literal(printed.rstrip(), "text")]
        return found


def _literal(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language)


# --- thumbnails -------------------------------------------------------------------------------------------------------


class _thumbnails(nodes.General, nodes.Element):  # noqa: N801  docutils names its nodes so
    """Where the thumbnails of a page stand."""


class Thumbnails(Directive):
    """The first figure of every section of the page, small, each a link to its section."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the thumbnails; the figures are drawn later."""
        return [_thumbnails()]


class _Thumbnails(SphinxPostTransform):
    """Put the thumbnails in their place, once the code of the page has drawn its figures."""

    default_priority = 20  # the outputs of cells become images at 4

    def run(self, **kwargs: Any) -> None:
        """Replace the place of the thumbnails by a grid of them."""
        for place in [*self.document.findall(_thumbnails)]:
            grid = nodes.container(classes=["thumbnails"])
            for section in self.document.findall(nodes.section):
                image = next(iter(section.findall(nodes.image)), None)
                if image is not None and [*section.findall(nodes.section)] == [section]:
                    title = section[0].astext()
                    small = nodes.image("", uri=image["uri"], alt=title, candidates=image.get("candidates", {}))
                    link = nodes.reference("", "", small, nodes.inline("", title), refid=section["ids"][0])
                    grid += nodes.paragraph("", "", link)
            place.replace_self(grid)


# --- the command line -------------------------------------------------------------------------------------------------


def _command_line() -> str:
    _, whole = _run("shellflow --help")
    listed = whole.partition("\ncommands:\n")[2].partition("\n\n")[0]
    names = re.findall(r"^    (\S+)", listed, flags=re.MULTILINE)
    assert names
    parts = ["# Command line", "", "As printed by `shellflow --help` and `shellflow COMMAND --help`.", ""]
    for command in ("shellflow", *(f"shellflow {name}" for name in names)):
        code, said = _run(f"{command} --help")
        assert code == 0, said
        parts += [f"## {command}", "", "```text", said.rstrip(), "```", ""]
    parts += [
        "## What it returns",
        "",
        "0 when done; 2 for bad input, with one line on standard error: the argument, its value and what to do.",
        "",
    ]
    return "\n".join(parts)


# --- the tables -------------------------------------------------------------------------------------------------------


def _data() -> Iterator[tuple[str, str]]:
    """Yield each page on the tables: what `data/README.md` says of it, and all of its rows."""
    head, *sections = re.split(r"^## ", _TABLES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    spoken = {"index": head.rstrip()}
    for section in sections:
        named = re.match(r"`(\w+)\.csv`: (.*)\n", section)
        if named is None:
            spoken["index"] += f"\n\n## {section.rstrip()}"
        else:
            title, body = named[2], section[named.end() :]
            spoken[named[1]] = f"# `{named[1]}`: {title}\n\n{body.rstrip()}"
    assert {*spoken} == {"index", *catalog.TABLES}, "data/README.md has one section for each table"
    listed = "\n".join(catalog.TABLES)
    shipped = catalog.shipped()
    stamp = f"Version {shipped.version} of the data, hash `{shipped.digest}`."
    yield "index", f"{spoken['index']}\n\n{stamp}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    for table in catalog.TABLES:
        yield table, f"{spoken[table]}{_aliases(table)}\n\n## All rows\n\n{_rows(table)}\n"


def _aliases(table: str) -> str:
    """Return the other names of the rows of a table, in a section of their own; "" if there are none."""
    lines = [
        f"- `{alias}` is `{key}`{f', {reason}' if reason else ''}."
        for alias, (key, reason) in catalog.ALIASES.get(table, {}).items()
    ]
    if not lines:
        return ""
    heading = "\n\n## Other names\n\nCase, spaces, hyphens and underscores do not matter.\n\n"
    return heading + "\n".join(lines)


def _rows(table: str) -> str:
    records = catalog.shipped().table(table)
    columns = list(records.to_frame().columns)
    fields = [name for name in columns if any(_said(row, name) for row in records)]
    key = fields[0]
    empty = [name for name in columns if name not in fields]
    lines: list[list[str]]
    if len(records) < len(fields) and table != "claims":  # few records with many fields read better side by side
        lines = [["", *(f"`{_said(row, key)}`" for row in records)]]
        lines += [[f"`{name}`", *(_cell(table, row, name) for row in records)] for name in fields[1:]]
    else:
        lines = [[f"`{name}`" for name in fields]]
        lines += [[_cell(table, row, name) for name in fields] for row in records]
    shown = [f"| {' | '.join(line)} |" for line in lines]
    shown.insert(1, "|" + "---|" * len(lines[0]))
    note = f"\n\nEmpty in every row: {', '.join(f'`{name}`' for name in empty)}." if empty else ""
    return "{.rows}\n" + "\n".join(shown) + note


def _said(row: object, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _cell(table: str, row: object, name: str) -> str:
    said = _said(row, name).replace("|", "\\|")
    if not said:
        return ""
    if name == "url":
        return f"[link](<{said}>)"
    if name == "source" and table == "sources":
        return f"[{said}]{{#{_anchor(said)}}}"
    if name == "source" or name.endswith("_source"):
        return f"[{said}](#{_anchor(said)})"
    return said


def _anchor(source: str) -> str:
    return f"source-{source}"


# --- the interface ----------------------------------------------------------------------------------------------------


def _interface() -> Iterator[tuple[str, str]]:
    """Yield a page for the public face, one for each module, and their index; each name stands on one page only."""
    shown = {name: getattr(shellflow, name) for name in shellflow.__all__ if name != "__version__"}
    first = [name for name, value in shown.items() if not isinstance(value, ModuleType)]
    told = {id(shown[name]): f"shellflow.{name}" for name in first}
    yield "shellflow", _page("shellflow", shellflow, first, [])
    paths = []
    for path, module in _modules():
        values = {one: getattr(module, one) for one in module.__all__}
        values = {one: value for one, value in values.items() if not isinstance(value, ModuleType)}
        # Constants may be equal and one object, such as 0, without being one name.
        above = [one for one, value in values.items() if callable(value) and id(value) in told]
        own = [one for one in values if one not in above]
        yield path, _page(path, module, own, [told[id(values[one])] for one in above])
        told |= {id(values[one]): f"{path}.{one}" for one in own}
        paths.append(path)
    listed = "\n".join(f"   {path}" for path in ("shellflow", *paths))
    yield "index", _INDEX.format(listed)


_INDEX = """Python interface
================

The first page is the public face, ``import shellflow as sf``; the others are the modules that users import beside it,
each with the names that no page before it has.

.. toctree::
   :maxdepth: 1

{}
"""


_MODULES = ("boxes", "catalog", "catalog.examples", "errors", "testing", "units")


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for name in _MODULES:
        yield f"shellflow.{name}", importlib.import_module(f"shellflow.{name}")


def _page(path: str, module: ModuleType, names: Iterable[str], above: Iterable[str]) -> str:
    lines = [path, "=" * len(path), "", f".. automodule:: {path}", "   :no-members:", ""]
    elsewhere = ", ".join(f":py:obj:`{one}`" for one in sorted(above))
    lines += [f"Told on another page: {elsewhere}.", ""] if elsewhere else []
    lines += [f".. currentmodule:: {path}", "", ".. autosummary::", ""]
    ordered = sorted(names, key=str.lower)
    if not ordered:
        return "\n".join(lines[:-4]) + "\n"
    aliases = {name: getattr(module, name) for name in ordered if isinstance(getattr(module, name), GenericAlias)}
    tables = {name for name in ordered if isinstance(getattr(module, name), catalog.Table)}
    lines += [*(f"   {name}" for name in ordered if name not in aliases and name not in tables), ""]
    for name in ordered:
        if name in tables:  # autodoc would show the docstring of its class
            lines += [f".. py:data:: {name}", "", f"   The table ``{name}`` of the shipped catalog.", ""]
            continue
        if name in aliases:  # autodoc takes the alias of a type for a function, and fails for want of a signature
            lines += [f".. py:data:: {name}", "", f"   Stands for ``{aliases[name]}``.", ""]
            continue
        directive, members = _directive(getattr(module, name))
        lines += [f".. {directive}:: {name}", *(["   :members:"] if members else []), ""]
    return "\n".join(lines)


def _directive(value: object) -> tuple[str, bool]:
    if isinstance(value, type):
        return ("autoexception", False) if issubclass(value, BaseException) else ("autoclass", True)
    return ("autofunction", False) if callable(value) and hasattr(value, "__name__") else ("autodata", False)


# --- what stands at the top of the project ----------------------------------------------------------------------------


def _citation() -> str:
    told = yaml.safe_load((_ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    shipped = catalog.shipped()
    data = f"data {shipped.version}, hash {shipped.digest}"
    authors = " and ".join(author["name"] for author in told["authors"])
    return _CITATION.format(**told | {"authors": authors, "data": data})


_CITATION = """# How to cite

{message}

> {authors}: {title}, version {version}, licence {license}; {data}.

```text
@software{{{title},
  author  = {{{{{authors}}}}},
  title   = {{{title}}},
  version = {{{version}}},
  note    = {{{data}}}
}}
```

The stamp is the last line of every result: version, data, number of draws and seed. With it anyone can work out the
same number again. The figures that an answer rests on have [sources of their own](data/sources.md), and `explain()`
names them: cite these too.
"""


# --- all of them ------------------------------------------------------------------------------------------------------


def _make(*_: object) -> None:
    shutil.rmtree(_MADE, ignore_errors=True)
    changes = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    texts = {"command-line.md": _command_line(), "changes.md": changes, "citation.md": _citation()}
    texts |= {f"data/{name}.md": text for name, text in _data()}
    texts |= {f"api/{name}.rst": text for name, text in _interface()}
    for name, text in texts.items():
        (_MADE / name).parent.mkdir(parents=True, exist_ok=True)
        (_MADE / name).write_text(text, encoding="utf-8")
    (_MADE / "notebooks").mkdir()
    for notebook in sorted(_NOTEBOOKS.glob("*.ipynb")):
        told = json.loads(notebook.read_text(encoding="utf-8"))
        link = f"{{download}}`Download this notebook <../../../notebooks/{notebook.name}>`"
        told["cells"].insert(1, {"cell_type": "markdown", "id": "download", "metadata": {}, "source": link})
        (_MADE / "notebooks" / notebook.name).write_text(json.dumps(told), encoding="utf-8")


def _mend(app: object, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Name the cells of data frames that hold a date, for `wide.css` to keep them on one line; drop what leads astray.

    From the source of a name that stands on the page of another module, Sphinx links back to the wrong page.
    """
    if "body" in context:
        context["body"] = re.sub(r"<td>(?=\d{4}-\d\d(-\d\d)?</td>)", '<td class="date">', context["body"])
    if page.startswith("_modules/"):
        context["body"] = re.sub(r'<a class="viewcode-back"[^>]*>\[docs\]</a>', "", context["body"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx of the directives, and make the pages before it looks for them."""
    app.add_directive("shell", Shell)
    app.add_directive("thumbnails", Thumbnails)
    app.add_node(_thumbnails)
    app.add_post_transform(_Thumbnails)
    app.connect("config-inited", _make)
    app.connect("html-page-context", _mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
