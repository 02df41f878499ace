"""Rows that only some may see: for all others there is no such thing, in any view."""

from dataclasses import dataclass

import pytest

from services.chassis.access import everyone
from services.chassis.commanding import Command
from services.chassis.deciding import Aggregate, decide
from services.chassis.http import Verb
from services.chassis.projector import Change, Projection, Put, Table
from services.chassis.running import Service
from services.chassis.testing.client import bearer, open_client
from services.chassis.testing.views import open_views
from services.chassis.viewing import Detail, Listing, Part, View, readable, reader

READ = everyone("secrets.read")
TEAM, AUDITOR = "dev:so-noi-vu:team-head:p-01", "dev:so-noi-vu-2:auditor:p-02"
UNIT, OTHER = "dev:hong-ngu:unit-head:p-03", "dev:an-giang:authority:p-04"
TELLS_NOTHING = [UNIT, OTHER]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    secret: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    secret: str


class Note(Command):
    """Note a secret."""

    readers: tuple[str, ...] = ()


class Disclose(Command):
    """Let everybody know."""


SECRET = Aggregate(
    category="secret",
    initial=lambda: None,
    evolve=lambda _, event: event,
    events=(Noted, Disclosed),
)


async def note(key, command, journal):
    event = Noted(secret=key, readers=command.readers)
    return await decide(journal, SECRET, key, lambda _: [event])


async def disclose(key, _, journal):
    return await decide(journal, SECRET, key, lambda _: [Disclosed(secret=key)])


def _noted(seen):
    event = seen.event
    row = {
        "secret": event.secret,
        "colour": "red",
        "restricted": True,
        "readers": list(event.readers),
    }
    return [
        Put("secrets", row),
        Put("pages", {"secret": event.secret, "page": 1}),
        Change("silent", {"secret": event.secret}, {}),
    ]


def _disclosed(seen):
    return [Change("secrets", {"secret": seen.event.secret}, {"restricted": False})]


def table(name):
    return Table(
        name=name,
        columns={
            "secret": "text",
            "colour": "text",
            "restricted": "boolean",
            "readers": "text[]",
        },
        key=("secret",),
    )


async def mine(rows, asked, who):
    shown = readable(2, "s")
    one = f"SELECT secret FROM secrets s WHERE secret = $1 AND {shown}"  # noqa: S608 - names, not values
    found = await rows.fetch(one, asked["id"], reader(who))
    return found[0] if found else None


def listing(name):
    return Listing(
        collection=name,
        table=name,
        key="secret",
        read=READ,
        equals=("colour",),
        restricted=True,
    )


HOUSE = Service(
    name="small",
    aggregates=(SECRET,),
    refusals={},
    publish=lambda _: [],
    verbs=(
        Verb(
            collection="secrets", name="note", command=Note, handler=note, permit=READ
        ),
        Verb(
            collection="secrets",
            name="disclose",
            command=Disclose,
            handler=disclose,
            permit=READ,
        ),
    ),
    listings=(listing("secrets"), listing("silent")),
    details=(
        Detail(
            collection="secrets",
            aggregate=SECRET,
            table="secrets",
            key="secret",
            read=READ,
            parts={"pages": Part(table="pages", by="secret", order=("page",))},
            restricted=True,
        ),
    ),
    views=(View(path="/secrets/{id}/mine", query=mine, read=READ, asks_who=True),),
    projections=(
        Projection(
            name="secrets",
            tables=(
                table("secrets"),
                table("silent"),
                Table(
                    name="pages",
                    columns={"secret": "text", "page": "integer"},
                    key=("secret", "page"),
                ),
            ),
            own={Noted: _noted, Disclosed: _disclosed},
        ),
    ),
)


@pytest.fixture
async def views(journal_database, journal):
    async with open_views(journal_database.of("planning_app"), HOUSE, journal) as it:
        yield it


@pytest.fixture
async def client(views, journal, clock):
    async with open_client(HOUSE, journal, clock, rows=views.rows) as it:
        yield it


@pytest.fixture
async def noted(client, views):
    """Four secrets, of which the second and the fourth are nobody's but so-noi-vu's."""
    for number in range(1, 5):
        name = f"S-{number}"
        readers = ["so-noi-vu"] if number % 2 == 0 else ["so-noi-vu", "an-giang"]
        await client.post(f"/secrets/{name}/note", json={"readers": readers})
    for number in (1, 3):
        await client.post(f"/secrets/S-{number}/disclose", json={})
    await views.show()


PATHS = [
    "/secrets/S-2",
    "/secrets/S-2/history",
    "/secrets/S-2?as_of=2",
    "/secrets/S-2?as_of=nonsense",
    "/secrets/S-2/mine",
]


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("token", TELLS_NOTHING)
@pytest.mark.parametrize("path", PATHS)
async def test_for_who_may_not_read_it_there_is_no_such_thing(client, path, token):
    hidden = await client.get(path, headers=bearer(token))
    absent = await client.get(path.replace("S-2", "S-9"), headers=bearer(token))

    assert hidden.status_code == 404
    assert hidden.content == absent.content.replace(b"S-9", b"S-2")


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("token", [TEAM, AUDITOR])
async def test_its_readers_and_the_auditor_see_it(client, token):
    for path in PATHS:
        if "nonsense" not in path:
            answer = await client.get(path, headers=bearer(token))
            assert answer.status_code == 200

    found = (await client.get("/secrets/S-2", headers=bearer(token))).json()
    assert (found["restricted"], found["pages"]) == (
        True,
        [{"secret": "S-2", "page": 1}],
    )
    assert "readers" not in found


@pytest.mark.usefixtures("noted")
async def test_a_listing_leaves_it_out_on_every_page_and_in_every_cursor(client):
    async def seen(token):
        link, found = "/secrets?limit=1&colour=red", []
        while link:
            answer = await client.get(link, headers=bearer(token))
            found += answer.json()["items"]
            link = answer.links.get("next", {}).get("url")
        return [row["secret"] for row in found]

    assert await seen(UNIT) == await seen(OTHER) == ["S-1", "S-3"]
    assert await seen(TEAM) == await seen(AUDITOR) == ["S-1", "S-2", "S-3", "S-4"]


@pytest.mark.usefixtures("noted")
async def test_what_was_disclosed_is_there_for_everybody_at_any_moment(client, views):
    await client.post("/secrets/S-2/disclose", json={})
    await views.show()

    for path in PATHS[:3]:
        answer = await client.get(path, headers=bearer(UNIT))
        assert answer.status_code == 200


@pytest.mark.usefixtures("noted")
async def test_a_row_that_does_not_say_is_hidden(client):
    for token, rows in ((UNIT, 0), (TEAM, 0), (AUDITOR, 4)):
        answer = await client.get("/silent", headers=bearer(token))
        assert len(answer.json()["items"]) == rows


async def test_what_the_views_do_not_hold_yet_is_hidden(client):
    await client.post("/secrets/S-1/note", json={"readers": ["so-noi-vu"]})

    for token in (UNIT, TEAM):
        answer = await client.get("/secrets/S-1/history", headers=bearer(token))
        assert answer.status_code == 404
