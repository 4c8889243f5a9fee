"""How `make site` lays out the docs site, of pages that are read in the repository as well."""

project = "Sector workbench"
author = copyright = "The sector workbench contributors"

extensions = ["myst_parser", "sphinx.ext.githubpages"]
include_patterns = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "regions/README.md",
    "docs/*.md",
]
exclude_patterns = [
    ".*",
    "benchmarks",
    "build",
    "dist",
    "lmi",
    "notebooks",
    "outputs",
    "tests",
    "tools",
]
suppress_warnings = ["misc.highlighting_failure"]  # a block of CSV has no colors
root_doc = "docs/index"
myst_heading_anchors = 4  # named as the repository's pages name them

html_theme = "furo"
html_title = project
html_additional_pages = {"index": "front.html"}  # pages stand where their sources do
templates_path = ["templates"]
html_copy_source = False
html_use_index = False
html_show_sphinx = False
