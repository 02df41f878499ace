"""The history checker: what a run promised against what it left (trust.md, I1 to I10).

Every rule reads the evidence once, so a run is checked in time linear in its size. A
rule yields anomalies under the names of Jepsen's Kafka analyses where these have one:

    lost-write          acknowledged, and not in the journal
    phantom(G1a)        refused or never asked, and there all the same
    torn-write          a command of which only a part is there
    changed-answer      the same command, asked again, was answered otherwise
    nonmonotonic        versions, positions or offsets that go back
    missing-version     a stream with a hole
    duplicate           the same twice: an event, an effect, an offset counted
    unseen              in the journal and not on its topic, or on a topic and not read
    inconsistent-offset one position, two contents; or a message in a wrong place
    send-skip           a link of a partition's chain is missing
    poll-skip           read past, and neither applied nor accounted for
    stuck               parked for good, and nobody put it there
    drift               a view that is not what the events say
    tampered            a stream whose hash chain is broken
    missed-deadline     due, and not answered
    early, late         answered as of another moment than it was due
    lost-send           recorded as sent, and never arrived
"""

from tests.chaos.facts import Facts
from tests.chaos.rules import bus, commands, effects, journal, moments

RULES = (*commands.RULES, *journal.RULES, *bus.RULES, *effects.RULES, *moments.RULES)


def check(evidence):
    """Return every anomaly, in the order of the rules."""
    facts = Facts(evidence)
    return [found for rule in RULES for found in rule(facts)]
