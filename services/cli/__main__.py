"""`python -m services.cli`: what `kiemtra` is, where scripts are not on the path."""

from __future__ import annotations

from services.cli import app

app()
