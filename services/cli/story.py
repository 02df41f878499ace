"""Stories: campaigns as data (``stories/*.yaml``), told through the services' HTTP.

The format is fixed (README, "Telling your own story"); ``stories/story.schema.json`` is
its JSON Schema, made from the classes below.
"""

from __future__ import annotations

import itertools
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SHIPPED = Path(__file__).with_name("stories")


class StoryInvalid(Exception):
    """The file is not a story; the text says where and why."""


def in_hanoi(value: Any) -> Any:
    """Return the moment an ISO text names; without an offset, in Hà Nội."""
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"not a moment: {value!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=HANOI)


Moment = Annotated[datetime, BeforeValidator(in_hanoi)]


class _Part(BaseModel):
    """A part of a story: nothing in it that the format does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Officer(_Part):
    """Who acts: an agency's officer in a role, by reference."""

    agency: str
    role: str
    person: str = "p-00"


class Step(_Part):
    """One command, or, without ``post``, time that passes until ``at``."""

    at: Moment
    officer: Officer | None = Field(None, alias="as")
    post: str | None = None
    body: dict[str, Any] = Field(default_factory=dict)
    example: bool = False  # not in the source text: made up to complete it
    refused: str | None = None  # the code of the refusal that is expected
    says: str | None = None  # what the telling prints, in Vietnamese
    together: bool = False  # with the step above, nothing settling between them
    lane: str | None = (
        None  # those of one lane go one after the other; else by resource
    )
    rows: tuple[str, ...] = ()  # the rows of the source text that it shows
    capabilities: tuple[str, ...] = ()


class Ask(_Part):
    """A question to a service, and the fields its answer must have."""

    get: str
    has: Any
    at: Moment | None = None
    officer: Officer | None = Field(None, alias="as")


class Expect(_Part):
    """The outcome: how many events of each type, and answers to questions."""

    events: dict[str, int] = Field(default_factory=dict)
    ask: tuple[Ask, ...] = ()


class Reform(_Part):
    """The reform of 2025: when the registrar enters who took whose place."""

    at: Moment
    legal_ref: str


class Registry(_Part):
    """Which agencies exist: those of a province's shipped registry, on a day.

    ``units`` adds the departments of the file, then districts, then communes too;
    ``until`` adds what comes to exist up to that day.
    """

    province: str
    as_of: date
    until: date | None = None
    units: Literal["none", "districts", "all"] | None = None
    also: tuple[str, ...] = ()  # further files: "00" has the central agencies
    reform: Reform | None = None  # succeed and dissolve, made up from the lineage


class Yearly(_Part):
    """A year of whole provinces, made up as steps when the story is told."""

    provinces: tuple[str, ...]  # codes of the registry
    year: int
    findings: int = Field(8, ge=1, le=50)  # of each inspection


class Story(_Part):
    """A campaign as it would happen, and what must come of it."""

    story: str
    title: str
    sources: tuple[str, ...] = ()
    clock: Moment
    registry: Registry | None = None
    yearly: Yearly | None = None
    steps: tuple[Step, ...] = ()
    expect: Expect = Expect()


_TOO_CLEVER = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}


class _PlainLoader(yaml.SafeLoader):
    """YAML that goes to HTTP as it is written: dates stay text, ``on`` is a word."""


_PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if tag not in _TOO_CLEVER]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)


def read_yaml(path: Path) -> Any:
    """Return the file's content, dates as text.

    Raises:
        StoryInvalid: It cannot be read, or is not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise StoryInvalid(f"{path}: {error}") from error


def shipped() -> dict[str, Path]:
    """Return the files of the shipped stories, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def load(name: str) -> Story:
    """Return the shipped story *name*, or the one in the file *name*.

    Raises:
        StoryInvalid: There is none, or it is not a story.
    """
    path = shipped().get(name) or Path(name)
    if not path.is_file():
        known = ", ".join(shipped())
        raise StoryInvalid(f"no story {name!r}: neither a file nor one of {known}")
    try:
        story = Story.model_validate(read_yaml(path))
    except ValidationError as error:
        where = "\n".join(
            f"  {'.'.join(map(str, e['loc'])) or 'story'}: {e['msg']}"
            for e in error.errors()[:10]
        )
        raise StoryInvalid(f"{path} is not a story:\n{where}") from error
    _in_order(path, story)
    return story


def _in_order(path: Path, story: Story) -> None:
    moments = [story.clock, *(step.at for step in story.steps)]
    for number, (before, after) in enumerate(itertools.pairwise(moments)):
        if after < before:
            raise StoryInvalid(
                f"{path}: step {number + 1} is at {after.isoformat()}, before the one "
                f"above it ({before.isoformat()}); steps stand in order of time"
            )
    above: Step | None = None
    for number, step in enumerate(story.steps, start=1):
        if step.post and not step.officer:
            raise StoryInvalid(f"{path}: step {number} posts, but nobody (as:) acts")
        if step.together and (above is None or above.at != step.at):
            raise StoryInvalid(
                f"{path}: step {number} goes together with none: the step above it is "
                "at another moment"
            )
        above = step
