"""Long work shows how far it is, where a terminal reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)


@contextmanager
def fetching(what: str, size: int) -> Iterator[Callable[[int], None]]:
    """Show a bar of *size* bytes; yield what advances it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        console.print(f"{what} ({size / 1e6:.0f} MB)")
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task(what, total=size)
        yield lambda count: progress.advance(task, count)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show that something is being done, and for how long already."""
    console = Console(stderr=True)
    if not console.is_terminal:
        console.print(what)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with progress:
        progress.add_task(what, total=None)
        yield
