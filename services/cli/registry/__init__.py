"""The shipped registry: files per province, and the table of every unit."""
