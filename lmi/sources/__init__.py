"""One module per kind of file with its `Reader`: agency file in, rows of schema tables out."""
