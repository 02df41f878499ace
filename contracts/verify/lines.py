"""The lines of an export and of a file of seals: JSON in one spelling only.

A line that says the same in other bytes is no line of ours, so there is no byte that
could be changed unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
Count = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]
FIRST = "0" * 64  # what the first seal has as the hash of the one before


class BadLine(Exception):
    """The line is not one that we write."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Begin(_Line):
    """A journal begins here: seals *first* to *last* of a service, and their events.

    *whole* says that nothing was left out on request.
    """

    kind: Literal["journal"] = "journal"
    format: Literal[1] = 1
    service: str
    first: Number
    last: Count
    whole: bool


class Resumes(_Line):
    """Seals past *seal* were given up: what they sealed was lost, and by whom so."""

    seal: Count
    who: str
    why: str


class Seal(_Line):
    """A signed statement about the events of a service at positions (after, upto]."""

    kind: Literal["seal"] = "seal"
    format: Literal[1] = 1
    service: str
    number: Number
    after: Count
    upto: Number
    events: Number
    root: Hash
    previous: Hash
    resumes: Resumes | None = None
    sealed_at: str
    key: Hash
    signature: Signature | Literal[""] = ""

    @property
    def signed(self) -> bytes:
        """Return the bytes that the signature is over."""
        return canonical(self.model_dump(exclude_none=True, exclude={"signature"}))

    @property
    def line(self) -> bytes:
        """Return it as it is published."""
        return canonical(self.model_dump(exclude_none=True))

    @property
    def hash(self) -> str:
        """Return what the next seal binds."""
        return hashlib.sha256(self.line).hexdigest()


class Entry(_Line):
    """An event, its place in its stream's chain, its place in its seal's tree.

    *data* and *meta* are the exact texts that the journal keeps.
    """

    kind: Literal["event"] = "event"
    position: Number
    stream: str
    version: Number
    id: str
    type: str
    schema_version: int
    key: str
    occurred_us: int
    recorded_us: int
    data: str
    meta: str
    previous: Hash | Literal[""]
    hash: Hash
    index: Count
    path: list[Hash]

    @property
    def chained(self) -> str:
        """Return the hash that its fields have in the chain of its stream."""
        fields = (
            self.stream,
            self.version,
            self.id,
            self.type,
            self.schema_version,
            self.key,
            self.occurred_us,
            self.recorded_us,
            self.data,
            self.meta,
        )
        digest = hashlib.sha256("\x1f".join(map(str, fields)).encode()).digest()
        return hashlib.sha256(bytes.fromhex(self.previous) + digest).hexdigest()

    @property
    def leaf(self) -> bytes:
        """Return what its seal's tree has as its leaf, before hashing."""
        return leaf_data(self.position, bytes.fromhex(self.hash))


class End(_Line):
    """The journal ends here, with seal *last*."""

    kind: Literal["end"] = "end"
    last: Count
    events: Count


Line = Begin | Seal | Entry | End
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def canonical(fields: Mapping[str, Any]) -> bytes:
    """Return the one spelling of *fields*."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def spelled(line: Line) -> bytes:
    """Return the line as it is written, without its end."""
    return canonical(line.model_dump(exclude_none=True))


def read(raw: bytes) -> Line:
    """Return what the line says.

    Raises:
        BadLine: It is none of ours, or ours in another spelling.
    """
    try:
        line = _LINE.validate_python(json.loads(raw))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadLine(f"{where}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"no JSON: {error}") from None
    if spelled(line) != raw:
        raise BadLine("not in the one spelling: bytes were changed")
    return line


def leaf_data(position: int, chained: bytes) -> bytes:
    """Return a leaf before hashing: where the event stands, and its chain's hash."""
    return position.to_bytes(8, "big") + chained
