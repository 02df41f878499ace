"""What a removal is: one protection taken out, and who must notice, naming what."""

from collections.abc import Mapping
from dataclasses import dataclass

CHASSIS = "services/chassis"
JOURNAL_SQL = f"{CHASSIS}/journal/migrations/0001_journal.sql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One place of one file; what is found there stands there exactly once."""

    path: str
    find: str
    put: str

    def applied(self, text: str) -> str:
        """Return the text without the protection.

        Raises:
            Moved: The place is not there, or is there more than once.
        """
        if (count := text.count(self.find)) != 1:
            raise Moved(f"{self.path}: found {count} times, not once: {self.find!r}")
        return text.replace(self.find, self.put)


class Moved(Exception):
    """The code is not where a removal looks for it: mend the removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One protection taken out.

    ``red`` are the tests that must fail, each with what its failure must say: the
    failing line, or what pytest made of it. An import that fails proves nothing.
    """

    name: str
    promise: str
    anomaly: str
    without: str
    edits: tuple[Edit, ...]
    red: Mapping[str, str]


def removal(
    name: str,
    *edits: tuple[str, str, str],
    promise: str,
    anomaly: str,
    without: str,
    red: Mapping[str, str],
) -> Removal:
    """Return the removal *name*; each edit is a path, what stands there, what then."""
    return Removal(
        name=name,
        promise=promise,
        anomaly=anomaly,
        without=without,
        edits=tuple(Edit(path=path, find=find, put=put) for path, find, put in edits),
        red=red,
    )
