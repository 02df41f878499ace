"""Named examples of signals, a proposal, an order: Hồng Ngự 2023, made up."""

from dataclasses import replace
from datetime import date

from services.chassis.calendar import official
from services.planning import domain
from services.planning.domain import ordering, proposing, signals, watching
from services.planning.domain.duty import within
from tests.planning.examples import AN_LOC

CALENDAR = official()
TOPIC = "Chậm trả kết quả giải quyết hồ sơ đất đai"
VP = "dong-thap-vp-ubnd"
READERS = (VP, "dong-thap")
RECEIVED_ON = date(2023, 5, 4)


def received(signal_id="S-1", source=signals.Source.PETITION, on=RECEIVED_ON, **more):
    """Return a signal about phường An Lộc, its days counted."""
    feedback = source in signals.FEEDBACK
    fields = {
        "signal_id": signal_id,
        "source": source,
        "received_on": on,
        "topic": TOPIC,
        "agency_id": AN_LOC.agency_id,
        "agency_name": AN_LOC.name,
        "readers": READERS,
        "transfer_due": within(CALENDAR, on, kind="working_days", n=5)
        if feedback
        else None,
        "answer_due": within(CALENDAR, on, kind="calendar_days", n=20)
        if feedback
        else None,
    }
    return signals.SignalReceived(**fields | more)


def classified(signal_id="S-1", nature=signals.Nature.CONDUCT, **more):
    fields = {
        "signal_id": signal_id,
        "agency_id": AN_LOC.agency_id,
        "nature": nature,
        "reason": "Chậm trễ của công chức",
        "classified_on": RECEIVED_ON,
    }
    return signals.SignalClassified(**fields | more)


PETITION = received("S-1", external_id="DT-2023-118")
PRESS = received(
    "S-2",
    signals.Source.PRESS,
    date(2023, 5, 20),
    url="https://press.example/2023/an-loc",
    outlet="Báo Đồng Tháp",
)
PORTAL = received(
    "S-3",
    signals.Source.NPSP,
    date(2023, 6, 15),
    external_id="PAKN.20230615.0042",
    procedure_code="1.004203.000.00.00.H20",
    restricted_ref="vault-77",
)
FORWARDED = signals.SignalForwarded(
    signal_id="S-1",
    agency_id=AN_LOC.agency_id,
    to="HANDLING",
    to_agency="dong-thap-so-tnmt",
    forwarded_on=date(2023, 5, 9),
    late=False,
    readers=(*READERS, "dong-thap-so-tnmt"),
)
TRANSFER_OVERDUE = signals.SignalTransferOverdue(
    signal_id="S-1", agency_id=AN_LOC.agency_id, due=PETITION.transfer_due
)
ANSWER_OVERDUE = signals.SignalAnswerOverdue(
    signal_id="S-1",
    agency_id=AN_LOC.agency_id,
    due=PETITION.answer_due,
    progress_due=within(
        CALENDAR, PETITION.answer_due.effective_due_on, kind="calendar_days", n=7
    ),
)
PROGRESS_OVERDUE = signals.SignalProgressOverdue(
    signal_id="S-1", agency_id=AN_LOC.agency_id, due=ANSWER_OVERDUE.progress_due
)
PROGRESS = signals.SignalProgressReported(
    signal_id="S-1",
    text="Đang xác minh",
    reported_on=date(2023, 5, 29),
    next_due=within(CALENDAR, date(2023, 5, 29), kind="calendar_days", n=7),
)
ANSWERED = signals.SignalAnswered(
    signal_id="S-1",
    document_number="210/VP-KSTT",
    answered_on=date(2023, 5, 23),
    late=False,
)
REFERENCED = signals.SignalReferenced(
    source=signals.Source.PETITION, external_id="DT-2023-118", signal_id="S-1"
)
SIGNALS = (PETITION, PRESS, PORTAL)


def noted(signal):
    """Return a signal as it stands against its unit."""
    return watching.SignalNoted(
        agency_id=signal.agency_id,
        agency_name=signal.agency_name,
        noted=watching.contribution(signal),
        readers=signal.readers,
    )


NOTED = tuple(noted(signal) for signal in SIGNALS)
CLUSTER = watching.ClusterFormed(
    agency_id=AN_LOC.agency_id,
    agency_name=AN_LOC.name,
    proposal_id="cluster-hn-an-loc-1",
    contributions=tuple(one.noted for one in NOTED),
    rule=watching.WatchRule(),
    readers=READERS,
)
PROPOSED = proposing.TriggerProposed(
    proposal_id="cluster-hn-an-loc-1",
    agency_id=AN_LOC.agency_id,
    agency_name=AN_LOC.name,
    how=proposing.How.CLUSTER,
    contributions=CLUSTER.contributions,
    rule=CLUSTER.rule,
    proposed_on=date(2023, 6, 15),
    readers=READERS,
)
BY_HAND = replace(
    PROPOSED,
    proposal_id="P-1",
    how=proposing.How.BY_HAND,
    contributions=(CLUSTER.contributions[0],),
    rule=None,
    reason="Đơn phản ánh có căn cứ",
)
ASSESSED = proposing.TriggerAssessed(
    proposal_id="cluster-hn-an-loc-1",
    agency_id=AN_LOC.agency_id,
    signal_ids=("S-1", "S-2", "S-3"),
    decision=proposing.Verdict.INSPECT,
    reason="Ba phản ánh trong 43 ngày",
    decided_by="dong-thap",
    decided_on=date(2023, 6, 19),
)
ACTED_ON = proposing.TriggerActedOn(
    proposal_id="cluster-hn-an-loc-1", inspection_id="I-DX-1"
)
ON_SIGNALS = ordering.Trigger(
    ordered_for=ordering.OrderedFor.SIGNALS,
    proposal_id="cluster-hn-an-loc-1",
    signal_ids=("S-1", "S-2", "S-3"),
)
ORDER_WINDOW = domain.Window(start=date(2023, 6, 21), end=date(2023, 6, 23))
WANTED_ORDER = ordering.WantedOrder(
    inspection_id="I-DX-1",
    plan_id="KH-2023-HN",
    agency_id=AN_LOC.agency_id,
    window=ORDER_WINDOW,
    team_id="T-2023-HN",
    order_number="812/QĐ-UBND",
    ordered_on=date(2023, 6, 20),
    reason="Phản ánh chậm trả kết quả",
    decided_by="dong-thap",
    trigger=ON_SIGNALS,
)
ORDERED_UNANNOUNCED = ordering.UnannouncedInspectionOrdered(
    inspection_id="I-DX-1",
    plan_id="KH-2023-HN",
    round_id="R-I-DX-1",
    agency_id=AN_LOC.agency_id,
    agency_name=AN_LOC.name,
    window=ORDER_WINDOW,
    programmes=("PAR", "TTHC_CONTROL"),
    content_items=("PUBLICATION", "RECORDS", "DIGITISATION"),
    team_id="T-2023-HN",
    team_agencies=("hong-ngu-noi-vu", "hong-ngu-vp"),
    lead_agency="hong-ngu-noi-vu",
    order_number="812/QĐ-UBND",
    ordered_on=date(2023, 6, 20),
    reason="Phản ánh chậm trả kết quả",
    decided_by="dong-thap",
    trigger=ON_SIGNALS,
    conclusion_rule=domain.ConclusionRule(),
    remedy_policy=replace(domain.RemedyPolicy(), superior_id="hong-ngu"),
)
DISCLOSED = ordering.OrderDisclosed(
    inspection_id="I-DX-1",
    started_on=date(2023, 6, 21),
    proposal_id="cluster-hn-an-loc-1",
    signal_ids=("S-1", "S-2", "S-3"),
)
CONCLUDED_ORDER = ordering.OrderConcluded(
    inspection_id="I-DX-1",
    concluded_on=date(2023, 7, 10),
    signal_ids=("S-1", "S-2", "S-3"),
)
CALLED_OFF = ordering.OrderCalledOff(
    inspection_id="I-DX-1",
    reason="Mưa bão",
    called_off_on=date(2023, 6, 21),
)
TRIGGER_DISCLOSED = proposing.TriggerDisclosed(
    proposal_id="cluster-hn-an-loc-1",
    inspection_id="I-DX-1",
    started_on=date(2023, 6, 21),
)
FOLLOWED = signals.SignalFollowed(
    signal_id="S-1", inspection_id="I-DX-1", started_on=date(2023, 6, 21)
)
FOLLOW_UP_CONCLUDED = signals.SignalFollowUpConcluded(
    signal_id="S-1", inspection_id="I-DX-1", concluded_on=date(2023, 7, 10)
)
TAKEN = watching.SignalsTaken(
    agency_id=AN_LOC.agency_id, proposal_id="P-1", signal_ids=("S-1",)
)
RELEASED = watching.SignalsReleased(
    agency_id=AN_LOC.agency_id, proposal_id="P-1", signal_ids=("S-1",)
)
RULE_SET = watching.WatchRuleSet(
    agency_id=AN_LOC.agency_id,
    rule=watching.WatchRule(signals=2, days=30),
    reason="Đơn vị có nhiều phản ánh",
)
