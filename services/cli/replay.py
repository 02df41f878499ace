"""`kiemtra replay`: events folded again, beside; nothing is sent, recorded or moved."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from services.cli.output import Home, Json, fail, show
from services.cli.projection import drifted
from services.cli.steering import chosen, told
from services.cli.watching import watched

END = 2**63 - 1
NONE = [1, 0]
First = Annotated[int | None, typer.Option("--from", help="First position.", min=1)]
Last = Annotated[int | None, typer.Option("--to", help="Last position.", min=1)]


class Into(StrEnum):
    """Where to: a schema of its own, dropped at the end."""

    SHADOW = "shadow"


def replay(  # noqa: PLR0913 - the options of one verb
    *,
    consumer: Annotated[str, typer.Option(help="Whose: planning.views, …")],
    into: Annotated[Into, typer.Option(help="A schema beside the live one.")],
    first: First = None,
    last: Last = None,
    heard: Annotated[bool, typer.Option(help="The range is of events heard.")] = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Fold events again into a shadow of the views; show what differs from the live.

    No cursor is touched, nothing is sent, nothing recorded. Of a range those rows are
    compared that its events make; of everything, rows that are missing differ too.
    """
    service, _, purpose = consumer.partition(".")
    if purpose.partition(".")[0] != "views":
        raise fail(
            f"{consumer}: only views can be folded again; what reacts would record and "
            "send. Name one as SERVICE.views",
            code=2,
        )
    body = told("", f"replay into {into.value}", dry_run=False)
    if first is not None or last is not None:  # a range is of one source, not of both
        given = [first or 1, last or END]
        body |= {"heard": given if heard else NONE, "journal": NONE if heard else given}
    found = watched(chosen(home, [service]), "replay", body, as_json=as_json)
    differing = any(answer["drift"] for answer in found.values())
    if as_json:
        show({"ok": not differing, "services": found}, as_json=True)
    else:
        drifted(found)
    raise typer.Exit(int(differing))
