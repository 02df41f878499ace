"""The file of seals: a line each, only ever appended to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from contracts.verify.lines import BadLine, Seal, read
from services.chassis.errors import Halted

TAIL = 65_536  # bytes: many times a seal's line


class SealFile:
    """Seals on a disk that the journal's database does not lie on, if one is wise."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def last(self) -> Seal | None:
        """Return the last seal of the file.

        Raises:
            Halted: Its last line is no seal.
        """
        self._mend()
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
                lines = file.read().splitlines()
        except FileNotFoundError:
            return None
        return self._seal(lines[-1]) if lines else None

    def after(self, number: int) -> list[Seal]:
        """Return the seals past *number*, oldest first."""
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            seals = [self._seal(raw.removesuffix(b"\n")) for raw in file]
        return [seal for seal in seals if seal.number > number]

    def append(self, lines: Iterable[str]) -> None:
        """Write the lines and wait until the disk has them."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())

    def _mend(self) -> None:
        """Cut off what a crash left half written: the database has it whole."""
        if not self.path.exists() or not self.path.stat().st_size:
            return
        with self.path.open("rb+") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            tail = file.read()
            if not tail.endswith(b"\n"):
                file.truncate(size - len(tail) + tail.rfind(b"\n") + 1)

    def _seal(self, raw: bytes) -> Seal:
        try:
            line = read(raw)
        except BadLine as error:
            raise Halted(f"{self.path}: {error}") from error
        if not isinstance(line, Seal):
            raise Halted(f"{self.path}: {line.kind} is no seal")
        return line
