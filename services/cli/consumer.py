"""`kiemtra consumer`: from the bus into the services, where each one stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.acting import Dry, Who, Why, Yes, confirmed
from services.cli.output import Home, Json, fail, show
from services.cli.steering import chosen, get, post, table, told

app = typer.Typer(
    no_args_is_help=True,
    help="Consumers: positions and lag; pause and resume; move a checkpoint.",
)
Name = Annotated[str, typer.Argument(help="Such as remediation.reactions.v1.")]
Topic = Annotated[str | None, typer.Option(help="Only this topic.")]
Partition = Annotated[int | None, typer.Option(min=0, help="Only this partition.")]
To = Annotated[str, typer.Option("--to", help='An offset, or "end".')]
Loss = Annotated[
    int, typer.Option("--accept-loss", help="So many events may be skipped.", min=0)
]
COLUMNS = (
    "consumer",
    "topic",
    "partition",
    "next_offset",
    "end",
    "source_pos",
    "lag",
    "parked",
    "state",
)


@app.command("list")
def list_(
    *,
    consumer: Annotated[str, typer.Option(help="Only what contains this.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """List every consumer with its partitions, positions, lag, and what rests."""
    rows, holds = [], []
    for at in chosen(home, None).values():
        found = get(f"{at}/consumers")
        rows += [row for row in found["items"] if consumer in row["consumer"]]
        holds += [hold for hold in found["paused"] if consumer in hold["what"]]
    if as_json:
        show({"consumers": rows, "paused": holds}, as_json=True)
        return
    table(rows, COLUMNS, "No consumer has begun.")
    for hold in holds:
        place = "/".join(str(p) for p in (hold["topic"], hold["partition"]) if p)
        typer.echo(
            f"{hold['what']} {place}: paused since {hold['since']} by {hold['by']}: "
            f"{hold['why']}"
        )


def _verb(verb: str, says: str) -> None:
    """Add a verb that lets a consumer rest, or go on."""

    @app.command(verb, help=says)
    def tell(  # noqa: PLR0913 - the options of one verb
        consumer: Name,
        *,
        reason: Why,
        topic: Topic = None,
        partition: Partition = None,
        who: Who = "",
        dry_run: Dry = False,
        yes: Yes = False,
        as_json: Json = False,
        home: Home = None,
    ) -> None:
        where = {"topic": topic, "partition": partition}
        body = told(who, reason, dry_run=dry_run, **where)
        confirmed(f"{verb} {consumer}", yes=yes, dry_run=dry_run)
        show(_post(consumer, verb, body, home), as_json=as_json)


_verb(
    "pause", "Act on nothing (of a topic, a partition) until resumed; its group stays."
)
_verb(
    "resume", "Go on from where it stands; also after a halt, once its cause is mended."
)


@app.command()
def seek(  # noqa: PLR0913 - the options of one verb
    consumer: Name,
    *,
    topic: Annotated[str, typer.Option(help="Whose partition it is.")],
    partition: Annotated[int, typer.Option(min=0, help="Which one.")],
    to: To,
    reason: Why,
    accept_loss: Loss = 0,
    who: Who = "",
    dry_run: Dry = False,
    yes: Yes = False,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Move a checkpoint: back is heard again and changes nothing, forward may lose.

    First with --dry-run: it names what would never be acted on. That many events
    must then be accepted with --accept-loss. Effects are never done twice; to do
    them over, replay into a shadow.
    """
    if to != "end" and not to.isdigit():
        raise fail(f'--to {to}: an offset, or "end"', code=2)
    body = told(
        who,
        reason,
        dry_run=dry_run,
        topic=topic,
        partition=partition,
        offset=to if to == "end" else int(to),
        accept_loss=accept_loss,
    )
    confirmed(
        f"move {consumer} in {topic}/{partition} to {to}", yes=yes, dry_run=dry_run
    )
    show(_post(consumer, "seek", body, home), as_json=as_json)


def _post(
    consumer: str, verb: str, body: dict[str, Any], home: Path | None
) -> dict[str, Any]:
    service = consumer.partition(".")[0]
    (at,) = chosen(home, [service]).values()
    return post(f"{at}/consumers/{consumer}/{verb}", body)
