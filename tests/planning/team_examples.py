"""Named examples of teams and of what units bear: kế hoạch 61/KH-UBND of Hà Nội, 2023.

The decision's number, the persons and the second programme are made up.
"""

from datetime import date

from services.planning import domain

PLAN, TEAM = "KH-61-2023", "T-61-2023"
OF_TEAM = {"team_id": TEAM, "plan_id": PLAN}
NOI_VU, VP, THANH_TRA = "ha-noi-so-noi-vu", "ha-noi-vp-ubnd", "ha-noi-thanh-tra"
CAU_GIAY = "ha-noi-cau-giay"
HEAD = domain.Seat(
    agency_id=NOI_VU,
    role=domain.Role.HEAD,
    person_ref="p-01",
    title="Phó Giám đốc Sở Nội vụ",
)
SEATS = (
    HEAD,
    *(
        domain.Seat(agency_id=agency_id, role=domain.Role.MEMBER)
        for agency_id in (
            VP,
            THANH_TRA,
            "ha-noi-so-tu-phap",
            "ha-noi-so-tt-tt",
            "ha-noi-so-tai-chinh",
        )
    ),
)
ESTABLISHED = domain.TeamEstablished(
    **OF_TEAM,
    decision_number="345/QĐ-SNV",
    decided_on=date(2023, 4, 10),
    lead_agency=NOI_VU,
    seats=SEATS,
    decided_by=NOI_VU,
    delegated_by_plan_id=PLAN,
    until_plan_completed=True,
)
LAN = domain.Seat(
    agency_id=VP,
    role=domain.Role.MEMBER,
    person_ref="p-11",
    title="Chuyên viên Phòng Kiểm soát thủ tục hành chính",
)
APPOINTED = domain.MemberAppointed(**OF_TEAM, ordinal=2, seat=LAN)
MINH = domain.Seat(agency_id=VP, role=domain.Role.MEMBER, person_ref="p-12")
GROUPS = (
    domain.Group(
        group_id="TO-1",
        leader=HEAD.officer,
        members=(domain.Member(agency_id=VP, person_ref="p-11"),),
        target_ids=(CAU_GIAY,),
        content_items=("ONE_STOP",),
        window=domain.Window(start=date(2023, 5, 15), end=date(2023, 6, 30)),
    ),
)
SPLIT = domain.TeamSplit(**OF_TEAM, groups=GROUPS)
REPLACED = domain.MemberReplaced(
    **OF_TEAM, ordinal=2, before=LAN, seat=MINH, reason="Chuyển công tác"
)
INVITED = domain.MemberInvited(
    **OF_TEAM,
    ordinal=7,
    seat=domain.Seat(
        agency_id="ha-noi-so-y-te",
        role=domain.Role.MEMBER,
        for_inspection="I-61-2023-01",
    ),
    by_agency=NOI_VU,
)
RECUSED = domain.MemberRecused(
    **OF_TEAM,
    member=domain.Member(agency_id=VP, person_ref="p-12"),
    target_id=CAU_GIAY,
    reason="Người thân công tác tại đơn vị",
)
RECOMPOSED = domain.TeamRecomposed(
    **OF_TEAM,
    decision_number="512/QĐ-SNV",
    replaces="345/QĐ-SNV",
    vacated=7,
    decided_on=date(2023, 7, 3),
    lead_agency=NOI_VU,
    seats=SEATS,
    decided_by=NOI_VU,
    delegated_by_plan_id=PLAN,
    until=date(2023, 12, 31),
)
DISSOLVED = domain.TeamDissolved(
    **OF_TEAM, dissolved_on=date(2024, 1, 1), reason="MANDATE_ENDED"
)
TEAM_STORY = (
    ESTABLISHED,
    APPOINTED,
    SPLIT,
    REPLACED,
    INVITED,
    RECUSED,
    RECOMPOSED,
    DISSOLVED,
)

MEMBER = domain.Member(agency_id=VP, person_ref="p-12")
OFFICER = {"officer_id": f"{VP}.p-12", "member": MEMBER}
DUTY = domain.Duty(
    **OF_TEAM,
    inspection_id="I-61-2023-01",
    target_id=CAU_GIAY,
    planned_on=date(2023, 5, 16),
)
MEMBER_OVERLAP = domain.Found(
    overlap_id=f"member:{VP}.p-12:KH-72-2023:{PLAN}",
    kind=domain.OverlapKind.MEMBER,
    plans=("KH-72-2023", PLAN),
    window=domain.Window(start=date(2023, 5, 16), end=date(2023, 5, 16)),
)
ASSIGNED = domain.DutiesAssigned(**OFFICER, duties=(DUTY,), found=(MEMBER_OVERLAP,))
TIE = domain.Tie(
    agency_id=CAU_GIAY,
    kind=domain.TieKind.FORMER_POST,
    since=date(2019, 1, 1),
    until=date(2022, 3, 1),
)
TIED = domain.TieDeclared(**OFFICER, tie=TIE, declared_on=date(2023, 5, 10))
CONFLICT = domain.TeamMemberConflictDetected(
    **OFFICER, duty=DUTY, tie=TIE, past=False, detected_on=date(2023, 5, 10)
)
ENDED = domain.DutiesEnded(officer_id=f"{VP}.p-12", inspection_ids=("I-61-2023-01",))
OFFICER_STORY = (ASSIGNED, TIED, CONFLICT, ENDED)

QUARTER = domain.Window(start=date(2023, 4, 1), end=date(2023, 6, 30), tentative=True)
CLAIM = domain.Claim(
    plan_id=PLAN,
    window=QUARTER,
    year=2023,
    programmes=("PAR",),
    content_items=("PAR_TASKS", "OFFICER_DUTY"),
)
OTHER = domain.Claim(
    plan_id="KH-72-2023",
    window=domain.Window(start=date(2023, 5, 8), end=date(2023, 5, 26)),
    year=2023,
    programmes=("PUBLIC_DUTY",),
    content_items=("OFFICER_DUTY",),
)
FOUND = domain.Found(
    overlap_id=f"{CAU_GIAY}:{PLAN}:KH-72-2023",
    kind=domain.OverlapKind.UNIT,
    plans=(PLAN, "KH-72-2023"),
    window=OTHER.window,
)
BOOKING = domain.Booking(
    inspection_id="I-61-2023-01", plan_id=PLAN, day=date(2023, 5, 16)
)
LIMITED = domain.LoadLimitsSet(
    agency_id=CAU_GIAY,
    limits=domain.LoadLimits(
        max_visit_days=3,
        min_gap_days=10,
        blackout=(domain.Window(start=date(2023, 5, 1), end=date(2023, 5, 3)),),
    ),
)
CLAIMED = domain.UnitClaimed(agency_id=CAU_GIAY, claim=CLAIM)
CLAIMED_TOO = domain.UnitClaimed(agency_id=CAU_GIAY, claim=OTHER, found=(FOUND,))
BOOKED = domain.VisitBooked(agency_id=CAU_GIAY, claim=CLAIM, booking=BOOKING)
MERGED = domain.ClaimsMerged(
    agency_id=CAU_GIAY,
    overlap_id=FOUND.overlap_id,
    lead_plan_id=PLAN,
    merged=("KH-72-2023",),
)
COUNTED = domain.VisitDayCounted(
    agency_id=CAU_GIAY,
    booking=domain.Booking(
        inspection_id="I-DX-2023-01", plan_id=PLAN, day=date(2023, 9, 5)
    ),
)
FREED = domain.ClaimReleased(
    agency_id=CAU_GIAY,
    plan_id="KH-72-2023",
    inspection_ids=(),
    overlap_ids=(FOUND.overlap_id,),
)
BURDEN_STORY = (LIMITED, CLAIMED, CLAIMED_TOO, BOOKED, MERGED, COUNTED, FREED)

DETECTED = domain.OverlapDetected(
    overlap_id=FOUND.overlap_id,
    kind=FOUND.kind,
    agency_id=CAU_GIAY,
    person_ref=None,
    plans=FOUND.plans,
    window=FOUND.window,
)
RESOLVED = domain.OverlapResolved(
    overlap_id=FOUND.overlap_id,
    kind=FOUND.kind,
    agency_id=CAU_GIAY,
    plans=FOUND.plans,
    resolution=domain.Resolution.MERGED,
    resolved_on=date(2023, 4, 28),
    lead_plan_id=PLAN,
    lead_agency=NOI_VU,
)
OVERLAP_STORY = (DETECTED, RESOLVED)
