"""Live rows, rebuilt rows and the fold agree, whatever was written, however batched."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.projector import applying, making, reading
from services.chassis.projector.folding import Fold
from services.chassis.testing import MemoryJournal
from services.chassis.viewing import detail_as_of, detail_now
from tests.chassis.projecting import DETAIL, every, projecting_to, write
from tests.chassis.small_service import COUNTERS, Counted, Erased

# The views of another code, and of a journal that was: nothing of them is ours.
ANEW = "UPDATE es.view_build SET code_hash = '', journal_position = 0"
step = st.builds(
    Counted,
    counter=st.sampled_from("abc"),
    amount=st.integers(1, 9),
    note=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=5),
) | st.builds(Erased, counter=st.sampled_from("abc"))


@given(
    steps=st.lists(step, max_size=25),
    sizes=st.tuples(st.integers(1, 7), st.integers(1, 7) | st.just(50_000)),
)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_live_rows_rebuilt_rows_and_the_fold_are_the_same(
    database, rows, clock, steps, sizes
):
    """At every commit the state is the fold of the accepted prefix."""
    journal = MemoryJournal(clock)
    await database.execute(ANEW)
    projector = projecting_to(database, journal)
    await projector.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "BATCH", sizes[0])
        patch.setattr(reading, "READ", sizes[0])
        patch.setattr(making, "MOST", sizes[1])
        for event in steps:
            await write(journal, event)
        await projector.catch_up()
        assert await projector.verify() == []
        live = await every(rows)
        assert (await projector.rebuild()).drift == ()
    assert await every(rows) == live

    fold = Fold([COUNTERS])
    totals = {row["counter"]: row["total"] for row in live["counters"]}
    expected = {}
    for event in steps:
        if isinstance(event, Counted):
            expected[event.counter] = expected.get(event.counter, 0) + event.amount
        else:
            expected.pop(event.counter, None)
    assert totals == expected
    assert fold.tables.keys() == live.keys()


@given(steps=st.lists(step, min_size=1, max_size=8))
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_as_of_a_position_is_what_was_shown_then(database, rows, clock, steps):
    journal = MemoryJournal(clock)
    await database.execute(ANEW)
    projector = projecting_to(database, journal)
    await projector.start()
    shown = []
    for event in steps:
        await write(journal, event)
        await projector.catch_up()
        shown.append(await detail_now(DETAIL, rows, "a"))

    for position, then in enumerate(shown, start=1):
        known = await detail_as_of(DETAIL, [COUNTERS], journal, "a", str(position))
        assert known == then
