"""How the documentation is built; nothing in it needs a network."""

from __future__ import annotations

from shellflow._version import __version__

project = "shellflow"
author = "The shellflow authors"
copyright = "The shellflow authors, MIT licence"
version = release = __version__

# No intersphinx: it fetches the inventories of other projects at every build.
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc", "myst_nb"]
exclude_patterns = ["_build"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300

autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_validation_checks = {"GL08", "PR01", "PR02", "PR03", "PR07", "RT01"}

html_theme = "pydata_sphinx_theme"
html_title = "shellflow"
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": False, "show_prev_next": False}
