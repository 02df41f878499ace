"""`kiemtra logs`: every name that a log line can have, as a page for operators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from services.chassis.ecs import ECS
from services.chassis.logging import catalogue_of_logs, level_of
from services.cli.output import Json, fail, show

app = typer.Typer(no_args_is_help=True, help="The names of the log.")
PAGE = Path("docs/logs.md")
Page = Annotated[Path, typer.Option(help="Where the page is kept.")]
HEAD = """# Log names

Generated from `services/chassis/logging.py` by `kiemtra logs docs`; do not edit.

One JSON line per fact on standard output. `event.action` is one of these names and is
never translated; `message` says it in words. `service.name`, `service.version`,
`service.environment` and `service.node.name` stand on every line; `trace.id`,
`correlation_id`, `causation_id` and who acted on those that belong to a story: of an
officer `agency.code`, `actor.role` and `actor.sub_hash` (a hash, for no line names a
person), else `actor`; `error.type`, `error.message` and `error.stack_trace` on those
with an error. Values are ids and numbers: no personal data, no payloads, no secrets.

| event.action | level | when, and with which fields |
|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    rows = [
        f"| `{name}` | {level_of(name)} | {_named(text)} |"
        for name, text in sorted(catalogue_of_logs().items())
    ]
    return HEAD + "\n".join(rows) + "\n"


def _named(text: str) -> str:
    """Return a comment with the fields it lists by the names that are written."""
    said, colon, fields = text.partition(":")
    return said + colon + re.sub(r"[a-z_]+", lambda it: ECS.get(it[0], it[0]), fields)


@app.command()
def docs(place: Page = PAGE, *, as_json: Json = False) -> None:
    """Write the page."""
    place.write_text(page(), encoding="utf-8")
    show({"written": str(place)}, as_json=as_json)


@app.command()
def check(place: Page = PAGE, *, as_json: Json = False) -> None:
    """Say whether the page is what the code says (exit 1 if not)."""
    fresh = place.is_file() and place.read_text(encoding="utf-8") == page()
    show({"fresh": fresh}, as_json=as_json)
    if not fresh:
        raise fail(f"{place} is stale: write it with `kiemtra logs docs`")
