"""What COPY writes is what a row of JSON writes, whatever is in it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.projector import Put, Table
from services.chassis.projector.builds import created, identified
from services.chassis.projector.declaring import Projection
from services.chassis.projector.folding import Fold
from services.chassis.projector.writing import apply_batch, pour, summed


class State(StrEnum):
    OPEN = "open"


ODD = Table(
    name="odd",
    columns={
        "id": "int",
        "text": "text",
        "flag": "boolean",
        "day": "date",
        "at": "timestamptz",
        "share": "double precision",
        "exact": "numeric",
        "tags": "text[]",
        "data": "jsonb",
    },
    key=("id",),
)
text = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8)
awkward = text | st.sampled_from(
    ["\\N", "\\", "\t", "\n", "\r\n", '"', "{}", "NULL", "{a,b}", "", " ", State.OPEN]
)
plain = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | awkward
json = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner)
)
row = st.fixed_dictionaries(
    {},
    optional={
        "text": st.none() | awkward | st.integers() | st.booleans() | st.dates(),
        "flag": st.none() | st.booleans(),
        "day": st.none() | st.dates(date(1900, 1, 1)),
        "at": st.none() | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
        "share": st.none() | st.floats(-1e9, 1e9),
        "exact": st.none() | st.decimals(-1000, 1000, places=3) | st.integers(0, 9),
        "tags": st.none() | st.lists(awkward, max_size=3) | st.tuples(awkward),
        "data": json | st.just((1, "a")) | st.just({"d": Decimal("1.50")}),
    },
)


@given(rows=st.lists(row, max_size=40))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_both_ways_of_writing_write_the_same(database, rows):
    projection = Projection(name="odd", tables=(ODD,))
    puts = [Put("odd", {"id": number} | row) for number, row in enumerate(rows)]
    await database.execute(
        "DROP TABLE IF EXISTS views.a_odd, views.b_odd;"
        + ";".join(
            made(f"views.{way}_", ODD) for made in (created, identified) for way in "ab"
        )
    )
    copied, put = Fold([projection]), Fold([projection])
    for one in puts:
        copied.apply(one)

    held = await pour(database, "views.a_", copied)
    await apply_batch(database, "views.b_", put, puts)

    assert (await summed(database, "views.b_", ["odd"]))["odd"].rows == len(rows)
    differ = await database.fetch(
        "SELECT * FROM views.a_odd a FULL JOIN views.b_odd b USING (id)"
        " WHERE to_jsonb(a) IS DISTINCT FROM to_jsonb(b)"
    )
    assert differ == []
    assert held == await summed(database, "views.b_", ["odd"] if rows else [])
