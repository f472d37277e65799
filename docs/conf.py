"""How the documentation is built; nothing in it needs a network."""

from __future__ import annotations

import sys
from pathlib import Path

from shellflow._version import __version__

project = "shellflow"
author = "The shellflow authors"
copyright = "The shellflow authors, MIT licence"
version = release = __version__

sys.path.insert(0, str(Path(__file__).parent))  # for `pages`

# No intersphinx: it fetches the inventories of other projects at every build.
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.viewcode",
    "numpydoc",
    "myst_nb",
    "pages",
]
exclude_patterns = ["_build"]
nitpicky = True
default_role = "code"

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300

autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_validation_checks = {"GL08", "PR01", "PR02", "PR03", "PR07", "RT01"}
# Records and distributions: their fields are the columns of a table, which has its page, or the symbols of one formula.
# A report or a sentence that says no more than that of every result has its docstring from there.
# numpydoc takes the argument of register_upcast for that of a class method.
numpydoc_validation_exclude = {
    r"^shellflow\.(boxes|catalog|sampling)\.[A-Z]",
    r"^shellflow\.\w+\.(report|sentence)$",
    r"^shellflow\.units\.register_upcast$",
}

html_theme = "pydata_sphinx_theme"
html_title = "shellflow"
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["wide.css"]
html_theme_options = {
    "header_links_before_dropdown": 9,
    "navbar_align": "left",
    "navigation_with_keys": False,
    "show_prev_next": False,
}
html_context = {"default_mode": "auto"}
# A page without pages below it has nothing to list at its side.
_alone = ("index", "gallery", "explanation/limits", "generated/changes", "generated/citation")
html_sidebars = {page: [] for page in _alone}
