"""Check the built pages: every link inside the site leads somewhere, and nothing is loaded from outside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["main"]

# What a browser fetches by itself, as against what a reader may follow.
_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src"}
_LOADING = {"stylesheet", "icon", "preload", "shortcut icon", "manifest", "prefetch", "preconnect"}


class _Page(HTMLParser):
    """The anchors of a page, what it links to, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = {""}
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "link":
            loads = (given.get("rel") or "") in _LOADING
            (self.loaded if loads else self.links).append(given.get("href", ""))
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in _LOADED and _LOADED[tag] in given:
            self.loaded.append(given[_LOADED[tag]])


def faults(site: Path) -> Iterator[str]:
    """Yield what is wrong, a line each."""
    pages = {}
    for path in sorted(set(site.rglob("*.html")) - set(site.glob("_static/**/*.html"))):
        pages[path] = page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
    if not pages:
        yield f"{site}: no pages"
    for path, page in pages.items():
        here = path.relative_to(site)
        for target in page.loaded:
            if urlsplit(target).scheme not in ("", "data") or target.startswith("//"):
                yield f"{here}: loads {target} from outside"
        for target in (*page.links, *page.loaded):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            found = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not found.is_file():
                yield f"{here}: {target} leads nowhere"
            elif found in pages and unquote(parts.fragment) not in pages[found].anchors:
                yield f"{here}: {target} has no such place"


def main(arguments: list[str]) -> int:
    """Print what is wrong with the site in the folder named, and return 1 if anything is."""
    (folder,) = arguments
    found = list(faults(Path(folder).resolve()))
    print(*found or ["every link inside the site leads somewhere"], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
