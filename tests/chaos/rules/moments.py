"""Deadlines and errands: answered once, as of their moment; sent, and by us. I5, I9."""

from datetime import datetime

from tests.chaos.anomalies import Anomaly

OPEN = ("pending", "parked")


def deadlines_are_answered(facts):
    """I9: nothing due is open, and what was answered occurred at its moment."""
    if not facts.evidence.now:
        return
    now = datetime.fromisoformat(facts.evidence.now)
    events = {
        (service, event["id"]): event
        for service, found in facts.evidence.journals.items()
        for event in found
    }
    for one in facts.evidence.deadlines:
        due = datetime.fromisoformat(one["due_at"])
        if one["state"] in OPEN and due <= now:
            yield _deadline("missed-deadline", one, f"still {one['state']} at {now}")
        if one["state"] == "done":
            yield from _answered(one, due, events.get((one["service"], one["id"])))


def _answered(one, due, event):
    if event is None:
        yield _deadline("missed-deadline", one, "answered, and nothing was recorded")
        return
    at = datetime.fromisoformat(event["occurred_at"])
    if at != due:
        name = "early" if at < due else "late"
        yield _deadline(name, one, f"{event['type']} occurred at {at}")


def _deadline(name, one, why):
    key = f"{one['service']}/{one['stream']}"
    detail = f"{one['kind']}, due {one['due_at']}: {why}"
    return Anomaly(name=name, key=key, detail=detail, ids=(one["id"],))


def errands_are_run(facts):
    """I5: what is recorded as sent has arrived, and nothing else has."""
    mail, meant = facts.evidence.mail, set()
    for one in facts.evidence.intents:
        meant.add(one["message_id"])
        if one["state"] == "pending":
            yield _errand("unseen", one, "still to be sent")
        if one["state"] == "done" and not mail.get(one["message_id"]):
            yield _errand("lost-send", one, "recorded as sent, and never arrived")
    for message_id in sorted(set(mail) - meant):
        detail = "arrived, and nobody meant to send it"
        yield Anomaly(name="phantom(G1a)", key=message_id, detail=detail)


def _errand(name, one, why):
    key = f"{one['service']}/{one['message_id']}"
    return Anomaly(name=name, key=key, detail=why, ids=(one["id"],))


RULES = (deadlines_are_answered, errands_are_run)
