"""One module per source: agency file in, schema table out."""
