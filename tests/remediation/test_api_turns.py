"""What else remediation is asked over HTTP: each verb, for its roles, by its words."""

from uuid import uuid5

import pytest

from services.chassis.context import acting
from services.chassis.journal import NEW, Append
from services.chassis.running import Ports
from services.chassis.testing.client import bearer, open_client
from services.chassis.testing.views import open_views
from services.remediation.app import build
from tests.conftest import STORY
from tests.remediation.examples import (
    CALENDAR,
    CONCLUSION,
    REPLICATION,
    acted,
    hanoi,
)
from tests.remediation.turns import OTHER_VERSION, SHIFTED
from tests.remediation.turns import UPWARD as ASKED

UNIT = bearer("dev:hn-tan-hoi:unit-head:p-01")
OTHER = bearer("dev:hn-an-loc:unit-head:p-01")
MONITOR = bearer("dev:hong-ngu-noi-vu:monitor:p-01")
AUTHORITY = bearer("dev:hong-ngu:authority:p-01")
PROVINCE = bearer("dev:dong-thap:authority:p-01")
AUDITOR = bearer("dev:hong-ngu:auditor:p-01")
WEEK = {"kind": "DAYS", "n": 7, "unit": "calendar"}
REQUEST = {
    "request_id": "GH-1",
    "done_so_far": "Đã rà soát 60/80 thủ tục",
    "reason": "Phần mềm đang nâng cấp",
    "due": WEEK,
    "interim_measure": "Tạm niêm yết bản giấy",
}
PLAN = {"measures": [{"what": "Cập nhật kế hoạch", "by": "2023-06-30"}]}
PAPER = {
    "reported_on": "2023-06-16",
    "document_number": "15/BC-UBND",
    "summary": "Đã cập nhật",
}
DONE = {"summary": "Đã cập nhật kế hoạch rà soát"}
BECAUSE = {"reason": "Thủ tục đã bãi bỏ"}
CARRY = {"from_plan_id": "KH-2023-HN", "year": 2024}
DIRECT = {"practice_id": "GP-2", "scope": ["hn-tan-hoi"], "text": "Áp dụng mã QR"}
FIGURES = {"metric": "ONLINE_SUBMITTED", "before": 41.5, "after": 63.0}
ANSWER = {"text": "Sẽ điều chỉnh", "document_number": "321/UBND-KSTTHC"}
CASE = "/cases/RC-07"
VERBS = [
    (f"{CASE}/submit-plan", PLAN, UNIT, MONITOR),
    (f"{CASE}/record-report", PAPER, MONITOR, UNIT),
    (f"{CASE}/request-extension", REQUEST, UNIT, AUTHORITY),
    (f"{CASE}/approve-extension", {"request_id": "GH-1"}, AUTHORITY, UNIT),
    (f"{CASE}/refuse-extension", {"request_id": "GH-1", **BECAUSE}, AUTHORITY, UNIT),
    (
        f"{CASE}/recalculate-deadline",
        {"calendar_version": CALENDAR.version},
        AUTHORITY,
        MONITOR,
    ),
    (f"{CASE}/reopen", BECAUSE, AUTHORITY, MONITOR),
    (f"{CASE}/waive", BECAUSE, AUTHORITY, UNIT),
    ("/carry-overs/KH-2024-HN/open", CARRY, MONITOR, UNIT),
    (
        "/recalculations/TL-1/run",
        {"calendar_version": CALENDAR.version},
        AUTHORITY,
        MONITOR,
    ),
    ("/replications/NR-1/direct", DIRECT, AUTHORITY, UNIT),
    ("/replications/RQ-1/adopt", {}, UNIT, MONITOR),
    ("/replications/RQ-1/measure", FIGURES, MONITOR, AUTHORITY),
    ("/upward/KN-1/answer", ANSWER, PROVINCE, UNIT),
]


def problem(answer):
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


@pytest.fixture
def calendar():
    return CALENDAR


@pytest.fixture
async def asked(databases, journal, clock):
    """A client whose views are shown when it says so, and who counts by a calendar."""
    clock.now = hanoi(2023, 6, 20, 9)
    first = build(Ports(journal=journal, rows=None, calendar=CALENDAR))
    with databases.clone("remediation") as urls:
        async with open_views(urls.of("remediation_app"), first, journal) as views:
            yield Asked(views, journal, clock)


class Asked:
    """Asks a service over HTTP; its views hold all that was recorded before."""

    def __init__(self, views, journal, clock):
        self.views, self.journal, self.clock = views, journal, clock
        self.calendar = CALENDAR

    async def begin(self):
        service = self._service()
        with acting(acted(hanoi(2023, 6, 5, 10))):
            await service.on[type(CONCLUSION)](CONCLUSION, self.journal)
        for stream, event in (("directive-RQ-1", REPLICATION), ("upward-KN-1", ASKED)):
            with acting(acted(hanoi(2023, 6, 5, 10), cause=uuid5(STORY, stream))):
                append = Append(stream=stream, expected=NEW, events=[event])
                await self.journal.append(append)
        await self.views.show()
        return self

    async def post(self, path, body, officer):
        async with self.client() as client:
            answer = await client.post(path, json=body, headers=officer)
        await self.views.show()
        return answer

    async def get(self, path):
        async with self.client() as client:
            answer = await client.get(path, headers=AUDITOR)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def client(self):
        service = self._service()
        return open_client(service, self.journal, self.clock, rows=self.views.rows)

    def _service(self):
        ports = Ports(
            journal=self.journal, rows=self.views.rows, calendar=self.calendar
        )
        return build(ports)


@pytest.mark.parametrize(("path", "body", "officer", "stranger"), VERBS)
async def test_each_verb_is_for_its_roles(asked, path, body, officer, stranger):
    await asked.begin()

    assert (await asked.post(path, body, stranger)).status_code == 403
    assert (await asked.post(path, body, officer)).status_code in {200, 409}


@pytest.mark.parametrize(
    ("path", "body", "officer"), [(p, b, o) for p, b, o, _ in VERBS if "RC-07" in p]
)
async def test_a_case_that_nobody_opened_is_not_found(asked, path, body, officer):
    answer = await asked.post(path.replace("RC-07", "RC-99"), body, officer)

    assert problem(answer) == (404, "unknown-case")


async def test_an_extension_in_two_steps(asked):
    await asked.begin()
    await asked.post(f"{CASE}/submit-plan", PLAN, UNIT)
    await asked.post(f"{CASE}/request-extension", REQUEST, UNIT)

    waits = await asked.get(CASE)
    assert (waits["effective_due_on"], waits["extension_asked"]) == (
        "2023-07-05",
        "GH-1",
    )
    assert waits["owner"] == "HEAD"
    listed = await asked.get("/cases?extension=asked")
    assert [row["case_id"] for row in listed["items"]] == ["RC-07"]

    await asked.post(f"{CASE}/approve-extension", {"request_id": "GH-1"}, AUTHORITY)

    row = await asked.get(CASE)
    assert (row["effective_due_on"], row["extensions"][0]["request_id"]) == (
        "2023-07-12",
        "GH-1",
    )
    [request] = row["requests"]
    assert (request["decision"], request["decided_by"]) == ("approved", "hong-ngu")
    assert [d["because"] for d in row["dates"]] == [
        "RecommendationIssued",
        "DeadlineExtended",
    ]


async def test_an_extension_that_was_refused_shows_why(asked):
    await asked.begin()
    await asked.post(f"{CASE}/request-extension", REQUEST, UNIT)
    refusal = {"request_id": "GH-1", "reason": "Đã đủ thời gian"}
    await asked.post(f"{CASE}/refuse-extension", refusal, AUTHORITY)

    row = await asked.get(CASE)
    assert row["requests"][0]["remark"] == "Đã đủ thời gian"
    assert (row["effective_due_on"], row["extension_asked"]) == ("2023-07-05", None)


async def test_reopened_both_closings_stay_listed(asked):
    """The first closing is history, whatever becomes of the case (T17)."""
    await asked.begin()
    for day in (20, 26):
        asked.clock.now = hanoi(2023, 6, day, 9)
        await asked.post(f"{CASE}/report-remediation", DONE, UNIT)
        await asked.post(f"{CASE}/verify", {}, MONITOR)
        if day == 20:
            asked.clock.now = hanoi(2023, 6, 22, 9)
            assert (await asked.get(CASE))["state"] == "closed"
            await asked.post(f"{CASE}/reopen", BECAUSE, AUTHORITY)
            row = await asked.get(CASE)
            assert (row["state"], row["step"]) == ("open", "reopened")

    row = await asked.get(CASE)
    assert row["state"] == "closed"
    assert [c["closed_on"] for c in row["closings"]] == ["2023-06-20", "2023-06-26"]


async def test_a_waived_case_is_neither_open_nor_closed(asked):
    await asked.begin()
    await asked.post(f"{CASE}/waive", BECAUSE, AUTHORITY)

    assert (await asked.get(CASE))["state"] == "waived"
    for state, found in (("open", ["RC-08"]), ("closed", []), ("waived", ["RC-07"])):
        rows = (await asked.get(f"/cases?state={state}"))["items"]
        assert [row["case_id"] for row in rows] == found


@pytest.mark.seed("1.17")
@pytest.mark.capability("C20")
async def test_the_open_cases_of_a_plan_go_into_the_next_by_one_command(asked):
    await asked.begin()
    await asked.post(f"{CASE}/report-remediation", DONE, UNIT)
    await asked.post(f"{CASE}/verify", {}, MONITOR)
    before = await asked.get("/cases/RC-08")

    opened = await asked.post("/carry-overs/KH-2024-HN/open", CARRY, MONITOR)

    assert opened.status_code == 200, opened.text
    row = await asked.get("/cases/RC-08")
    assert (row["carried_to"], row["state"]) == ("KH-2024-HN", "open")
    assert row["effective_due_on"] == before["effective_due_on"]
    [act] = (await asked.get("/carry-overs?to_plan_id=KH-2024-HN"))["items"]
    assert (act["case_ids"], act["decided_by"]) == (["RC-08"], "hong-ngu-noi-vu")

    again = await asked.post("/carry-overs/KH-2024-HN/open", CARRY, MONITOR)
    assert again.json()["version"] == opened.json()["version"]
    further = {"from_plan_id": "KH-2024-HN", "year": 2025}
    await asked.post("/carry-overs/KH-2025-HN/open", further, MONITOR)
    assert (await asked.get("/cases/RC-08"))["carried_to"] == "KH-2025-HN"


async def test_a_plan_without_open_cases_has_nothing_to_carry(asked):
    await asked.begin()

    answer = await asked.post(
        "/carry-overs/KH-2024-HN/open", {**CARRY, "from_plan_id": "KH-2022-HN"}, MONITOR
    )

    assert problem(answer) == (409, "nothing-to-carry-over")


async def test_another_calendar_moves_nothing_by_itself(asked):
    """Only an act of the authority moves a date, never a new file of holidays."""
    await asked.begin()
    asked.calendar = SHIFTED
    await asked.post(f"{CASE}/submit-plan", PLAN, UNIT)

    row = await asked.get(CASE)
    assert row["effective_due_on"] == "2023-07-05"
    assert row["calendar_version"] == CALENDAR.version


async def test_the_authority_has_one_date_counted_again(asked):
    await asked.begin()
    asked.calendar = SHIFTED

    wrong = await asked.post(
        f"{CASE}/recalculate-deadline", {"calendar_version": "vn-1999.1"}, AUTHORITY
    )
    assert problem(wrong) == (409, "calendar-version-unknown")
    right = {"calendar_version": OTHER_VERSION}
    await asked.post(f"{CASE}/recalculate-deadline", right, AUTHORITY)

    row = await asked.get(CASE)
    assert (row["effective_due_on"], row["original_effective_due_on"]) == (
        "2023-07-06",
        "2023-07-05",
    )
    assert row["calendar_version"] == OTHER_VERSION


async def test_a_date_is_counted_back_by_the_calendar_before(asked):
    """A decision on a day off may be taken back: the older version is named again."""
    await asked.begin()
    asked.calendar = SHIFTED
    for version in (OTHER_VERSION, CALENDAR.version):
        named = {"calendar_version": version}
        await asked.post(f"{CASE}/recalculate-deadline", named, AUTHORITY)

    row = await asked.get(CASE)
    assert row["effective_due_on"] == "2023-07-05"
    assert row["calendar_version"] == CALENDAR.version


async def test_all_open_dates_are_tried_and_then_counted_again(asked):
    await asked.begin()
    asked.calendar = SHIFTED
    run = {"calendar_version": OTHER_VERSION}
    moved = [{"case_id": "RC-07", "before": "2023-07-05", "after": "2023-07-06"}]

    await asked.post("/recalculations/TL-1/run", {**run, "dry_run": True}, AUTHORITY)
    tried = await asked.get("/recalculations/TL-1")
    assert (tried["rehearsed"], tried["counted"], tried["moved"]) == (True, 2, moved)
    assert (await asked.get(CASE))["effective_due_on"] == "2023-07-05"

    await asked.post("/recalculations/TL-1/run", run, AUTHORITY)
    done = await asked.get("/recalculations/TL-1")
    assert (done["rehearsed"], done["moved"]) == (False, moved)
    assert (await asked.get(CASE))["effective_due_on"] == "2023-07-06"
    again = await asked.post("/recalculations/TL-1/run", run, AUTHORITY)
    assert again.json()["version"] == done["version"]


@pytest.mark.seed("1.4", "3.1")
@pytest.mark.capability("C16")
async def test_a_replication_lists_who_adopted_it_and_what_it_changed(asked):
    await asked.begin()
    assert (await asked.post("/replications/NR-1/direct", DIRECT, AUTHORITY)).is_success
    stranger = await asked.post("/replications/NR-1/adopt", {}, OTHER)
    assert problem(stranger) == (409, "not-in-scope")
    await asked.post("/replications/NR-1/adopt", {"remark": "Đã dán mã QR"}, UNIT)
    figures = {**FIGURES, "agency_id": "hn-tan-hoi"}
    await asked.post("/replications/NR-1/measure", figures, MONITOR)

    row = await asked.get("/replications/NR-1")
    assert [a["agency_id"] for a in row["adopters"]] == ["hn-tan-hoi"]
    [measure] = row["measures"]
    assert (measure["before"], measure["after"]) == (41.5, 63.0)
    assert (row["adopted"], row["directed_by"]) == (1, "hong-ngu")


@pytest.mark.seed("3.4")
@pytest.mark.capability("C18")
async def test_what_a_higher_level_was_asked_is_listed_until_it_answers(asked):
    await asked.begin()
    assert len((await asked.get("/upward?state=open"))["items"]) == 1
    below = await asked.post("/upward/KN-1/answer", ANSWER, AUTHORITY)
    assert problem(below) == (409, "not-the-addressee")

    await asked.post("/upward/KN-1/answer", ANSWER, PROVINCE)

    assert (await asked.get("/upward?state=open"))["items"] == []
    row = await asked.get("/upward/KN-1")
    assert (row["state"], row["document_number"]) == ("answered", "321/UBND-KSTTHC")


@pytest.mark.capability("C24")
async def test_a_fact_entered_late_shows_on_its_day_but_not_in_earlier_answers(asked):
    """Two axes: what held on a day, and what was known of it (traps, 2.1)."""
    await asked.begin()
    await asked.post(f"{CASE}/record-report", PAPER, MONITOR)
    first = (await asked.get(f"{CASE}/history"))["items"][0]["position"]

    async def step(query):
        return (await asked.get(f"{CASE}?{query}"))["step"]

    assert await step("on=2023-06-15") == "open"
    assert await step("on=2023-06-16") == "reported"
    assert await step(f"on=2023-06-16&as_of={first}") == "open"
    assert await step(f"as_of={first}") == "open"


async def test_a_day_that_is_none_is_refused(asked):
    await asked.begin()
    async with asked.client() as client:
        assert (await client.get(f"{CASE}?on=16/6/2023")).status_code == 422


async def test_the_views_are_what_the_events_say(asked):
    await asked.begin()
    for path, body, officer, _ in VERBS:
        await asked.post(path, body, officer)

    assert await asked.views.drift() == {}
