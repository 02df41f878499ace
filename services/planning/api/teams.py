"""What HTTP may ask of teams."""

from __future__ import annotations

from services.chassis.http import Verb
from services.planning import policy
from services.planning.commands import teams as asked
from services.planning.handlers import teams

VERBS = (
    Verb(
        collection="teams",
        name="establish",
        command=asked.EstablishTeam,
        handler=teams.establish_team,
        permit=policy.ESTABLISH_TEAM,
    ),
    Verb(
        collection="teams",
        name="recompose",
        command=asked.RecomposeTeam,
        handler=teams.recompose_team,
        permit=policy.RECOMPOSE_TEAM,
    ),
    Verb(
        collection="teams",
        name="appoint-member",
        command=asked.AppointMember,
        handler=teams.appoint_member,
        permit=policy.SEAT_MEMBER,
    ),
    Verb(
        collection="teams",
        name="replace-member",
        command=asked.ReplaceMember,
        handler=teams.replace_member,
        permit=policy.REPLACE_MEMBER,
    ),
    Verb(
        collection="teams",
        name="invite-member",
        command=asked.InviteMember,
        handler=teams.invite_member,
        permit=policy.INVITE_MEMBER,
    ),
    Verb(
        collection="teams",
        name="recuse-member",
        command=asked.RecuseMember,
        handler=teams.recuse_member,
        permit=policy.RECUSE_MEMBER,
    ),
    Verb(
        collection="teams",
        name="split",
        command=asked.SplitTeam,
        handler=teams.split_team,
        permit=policy.SPLIT_TEAM,
    ),
    Verb(
        collection="teams",
        name="dissolve",
        command=asked.DissolveTeam,
        handler=teams.dissolve_team,
        permit=policy.DISSOLVE_TEAM,
    ),
)
