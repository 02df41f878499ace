"""What every verb that changes something has: a reason, a name, a dry run, a yes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.cli.output import fail

Why = Annotated[str, typer.Option("--reason", help="Kept with the act, for ever.")]
Who = Annotated[str, typer.Option("--as", help="Who does it; by default, you.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking back.")]


def confirmed(what: str, *, yes: bool, dry_run: bool) -> None:
    """Ask back before something is changed.

    Raises:
        typer.Exit: Nobody is there to say yes (exit 2), or somebody said no (exit 1).
    """
    if yes or dry_run:
        return
    if not sys.stdin.isatty():
        raise fail(f"{what}: add --yes (or --dry-run)", code=2)
    if not typer.confirm(f"{what}?", err=True):
        raise typer.Exit(1)
