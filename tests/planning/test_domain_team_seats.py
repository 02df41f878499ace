"""Who sits in a team: persons, guests, groups, those who stay away."""

from dataclasses import replace
from functools import partial

import pytest

from services.chassis.testing import given
from services.planning import domain
from services.planning.handlers import PLAN, TEAM
from tests.planning.examples import (
    ESTABLISHED,
    HEAD,
    MEMBER,
    PLAN_IN_EFFECT,
    ROUND_SCHEDULED,
)

IN_EFFECT = PLAN.fold(PLAN_IN_EFFECT)
ORDERED = PLAN.fold(ROUND_SCHEDULED)
TEAM_OF = {"team_id": "T-2023-HN", "plan_id": "KH-2023-HN"}
LAN = domain.Appointee(agency_id="hong-ngu-vp", person_ref="p-02", title="Chuyên viên")
LANS = replace(MEMBER, person_ref="p-02", title="Chuyên viên")
APPOINTED = domain.MemberAppointed(**TEAM_OF, ordinal=2, seat=LANS)
MINH = domain.Appointee(agency_id="hong-ngu-vp", person_ref="p-03")
MINHS = replace(MEMBER, person_ref="p-03")
REPLACED = domain.MemberReplaced(
    **TEAM_OF, ordinal=2, before=LANS, seat=MINHS, reason="Ốm"
)
GUEST = domain.Seat(agency_id="hong-ngu-tu-phap", role=domain.Role.MEMBER)
INVITED = domain.MemberInvited(
    **TEAM_OF, ordinal=3, seat=GUEST, by_agency="hong-ngu-noi-vu"
)
ONE_VISIT = replace(GUEST, for_inspection="I-2023-HN-01")
appoint = partial(domain.appoint, named=LAN)
swap = partial(domain.replace_member, leaving="p-02", named=MINH, reason="Ốm")
invite = partial(domain.invite, seat=GUEST, plan=IN_EFFECT, by_agency="hong-ngu-noi-vu")
HEADS, LANS_PLACE = HEAD.officer, LANS.officer
GROUPS = (
    domain.Group(group_id="TO-1", leader=HEADS, members=(), target_ids=("hn-an-loc",)),
    domain.Group(
        group_id="TO-2",
        leader=LANS_PLACE,
        members=(),
        target_ids=("hn-an-lac", "hn-tan-hoi"),
        content_items=("DIGITISATION",),
    ),
)
SPLIT = domain.TeamSplit(**TEAM_OF, groups=GROUPS)
split = partial(domain.split, groups=GROUPS, plan=IN_EFFECT)
recuse = partial(
    domain.recuse, member=LANS_PLACE, target_id="hn-an-loc", reason="Người thân"
)
RECUSED = domain.MemberRecused(
    **TEAM_OF, member=LANS_PLACE, target_id="hn-an-loc", reason="Người thân"
)


@pytest.mark.seed("1.19")
@pytest.mark.capability("C5")
def test_a_person_takes_the_seat_of_their_agency():
    given(TEAM, ESTABLISHED).when(appoint).then(APPOINTED)


def test_a_person_who_sits_there_is_not_appointed_again():
    given(TEAM, ESTABLISHED, APPOINTED).when(appoint).then_nothing()


@pytest.mark.parametrize(
    ("named", "code"),
    [
        (replace(LAN, agency_id="hong-ngu-tu-phap"), "no-such-seat"),
        (replace(LAN, role=domain.Role.SECRETARY), "no-such-seat"),
        (replace(LAN, person_ref="p-09"), "seat-taken"),
    ],
)
def test_nobody_is_appointed_where_no_seat_is_free(named, code):
    verb = partial(domain.appoint, named=named)

    given(TEAM, ESTABLISHED, APPOINTED).when(verb).then_refused(code)


@pytest.mark.seed("1.19")
@pytest.mark.capability("C5")
def test_another_person_of_the_agency_takes_a_seat_with_a_reason():
    given(TEAM, ESTABLISHED, APPOINTED).when(swap).then(REPLACED)
    given(TEAM, ESTABLISHED, APPOINTED, REPLACED).when(swap).then_nothing()


@pytest.mark.parametrize(
    ("history", "leaving", "named", "code"),
    [
        ((), "p-02", MINH, "not-in-the-team"),
        ((APPOINTED,), "p-02", LAN, "seat-taken"),
    ],
)
def test_only_who_sits_there_is_replaced_by_who_does_not(history, leaving, named, code):
    verb = partial(domain.replace_member, leaving=leaving, named=named, reason="Ốm")

    given(TEAM, ESTABLISHED, *history).when(verb).then_refused(code)


def test_who_is_replaced_is_replaced_in_the_groups_too():
    team = TEAM.fold([ESTABLISHED, APPOINTED, SPLIT])
    [replaced] = swap(team)

    assert [group.leader for group in replaced.groups] == [HEADS, MINHS.officer]
    assert TEAM.evolve(team, replaced).groups["TO-2"].leader == MINHS.officer


@pytest.mark.seed("1.22")
@pytest.mark.capability("C5")
def test_the_head_invites_another_agency():
    given(TEAM, ESTABLISHED).when(invite).then(INVITED)
    given(TEAM, ESTABLISHED, INVITED).when(invite).then_nothing()

    assert TEAM.fold([ESTABLISHED, INVITED]).agencies[-1] == "hong-ngu-tu-phap"


@pytest.mark.seed("1.22")
def test_a_guest_of_one_inspection_takes_part_in_no_other():
    verb = partial(invite, seat=ONE_VISIT, plan=ORDERED)
    [invited] = verb(TEAM.fold([ESTABLISHED]))
    team = TEAM.fold([ESTABLISHED, invited])

    assert "hong-ngu-tu-phap" not in team.agencies
    assert "hong-ngu-tu-phap" in team.agencies_at("hn-an-binh-a", "I-2023-HN-01")
    assert "hong-ngu-tu-phap" not in team.agencies_at("hn-an-binh-b", "I-2023-HN-02")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by_agency": "hong-ngu-vp"}, "invited-not-by-head"),
        ({"by_agency": None}, "invited-not-by-head"),
        ({"seat": replace(MEMBER, title="Khách")}, "already-in-the-team"),
        ({"seat": replace(GUEST, agency_id="hn-an-loc")}, "member-inspects-own-agency"),
        ({"seat": ONE_VISIT}, "visit-not-ordered"),
        ({"seat": replace(GUEST, role=domain.Role.HEAD)}, "team-with-two-heads"),
        (
            {
                "seat": replace(ONE_VISIT, agency_id="hn-an-binh-a"),
                "plan": ORDERED,
            },
            "member-inspects-own-agency",
        ),
    ],
)
def test_a_guest_is_the_heads_and_nobodys_who_is_inspected(changes, code):
    given(TEAM, ESTABLISHED).when(partial(invite, **changes)).then_refused(code)


@pytest.mark.seed("1.21")
@pytest.mark.capability("C5")
def test_a_team_is_split_by_targets_contents_and_days():
    given(TEAM, ESTABLISHED, APPOINTED).when(split).then(SPLIT)
    given(TEAM, ESTABLISHED, APPOINTED, SPLIT).when(split).then_nothing()

    team = TEAM.fold([ESTABLISHED, APPOINTED, SPLIT])
    going = {
        target: [seat.person_ref for seat in team.at(target, "I")]
        for target in ("hn-an-loc", "hn-tan-hoi", "hn-binh-thanh")
    }
    assert going == {
        "hn-an-loc": ["p-01"],
        "hn-tan-hoi": ["p-02"],
        "hn-binh-thanh": ["p-01", "p-02"],
    }


FIRST, SECOND = GROUPS


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ((replace(FIRST, leader=GUEST.officer),), "not-in-the-team"),
        ((FIRST, replace(SECOND, group_id="TO-1")), "group-named-twice"),
        ((FIRST, replace(SECOND, members=(HEADS,))), "member-in-two-groups"),
        ((FIRST, replace(SECOND, target_ids=("hn-an-loc",))), "target-in-two-groups"),
        ((replace(FIRST, target_ids=("hong-ngu",)),), "not-a-target"),
    ],
)
def test_groups_share_neither_members_nor_targets(groups, code):
    verb = partial(split, groups=groups)

    given(TEAM, ESTABLISHED, APPOINTED).when(verb).then_refused(code)


@pytest.mark.seed("1.5")
def test_a_recused_member_stays_away_from_that_unit_only():
    given(TEAM, ESTABLISHED, APPOINTED).when(recuse).then(RECUSED)
    given(TEAM, ESTABLISHED, APPOINTED, RECUSED).when(recuse).then_nothing()

    team = TEAM.fold([ESTABLISHED, APPOINTED, RECUSED])
    assert [seat.person_ref for seat in team.at("hn-an-loc", "I")] == ["p-01"]
    assert len(team.at("hn-an-lac", "I")) == 2


def test_who_is_not_in_the_team_is_not_recused():
    given(TEAM, ESTABLISHED).when(recuse).then_refused("not-in-the-team")


@pytest.mark.parametrize("verb", [appoint, swap, invite, split, recuse])
def test_nobody_is_seated_in_a_team_that_is_none(verb):
    over = domain.TeamDissolved(
        **TEAM_OF, dissolved_on=ESTABLISHED.decided_on, reason="DECIDED"
    )

    given(TEAM).when(verb).then_refused("unknown-team")
    given(TEAM, ESTABLISHED, over).when(verb).then_refused("team-dissolved")
