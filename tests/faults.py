"""Which test injects which fault: the marks on tests, as a page.

Marks stand on tests (``@pytest.mark.fault("F13")``) and as ``fault`` on the nemeses of
`make chaos`. `python -m tests.faults` writes docs/faults.md.
"""

import ast
from pathlib import Path

from tests.seeds import _named as named

PAGE = Path("docs/faults.md")
NEMESES = Path("tests/chaos/nemeses")
FAULTS = {
    "F1": ("`kill -9` of each service mid-batch", "nothing lost, effects once"),
    "F2": (
        "killed around a commit, around Kafka's answer, in a migration, in a swap",
        "the same",
    ),
    "F3": ("a process halted and continued", "fenced by the epoch"),
    "F4": ("SIGTERM under load, rolling restart", "what is in hand is finished"),
    "F5": ("broker restarted, clean and with `-9`", "commands are accepted meanwhile"),
    "F6": ("leader, controller, coordinator killed (three brokers)", "the same"),
    "F7": ("two of three brokers down and back", "nothing acknowledged falsely"),
    "F8": (
        "postmaster killed, restarted at once, connections ended, some after COMMIT",
        "the pool heals alone; a lost answer is found again",
    ),
    "F9": ("PostgreSQL read-only", "not ready, recovers alone, no loss"),
    "F10": ("a table locked, the pool exhausted", "paused, no rebalance storm"),
    "F11": ("network cut, one-way, flapping", "no loss, order per key"),
    "F12": ("latency, 8 kB/s, resets in the middle of a frame", "only slower"),
    "F13": ("the producer sends again; a rogue relay sends a topic twice", "once"),
    "F14": ("one topic held: effect before cause", "the same end state"),
    "F15": ("reorder or gap inside a partition", "never applied; alarm or stop"),
    "F16": (
        "bad JSON, wrong schema, unknown type, 2 MB, null, bad UTF-8, no key, a bug",
        "parked, everything kept, other keys go on",
    ),
    "F17": ("poison, fixed, later events of its key waiting", "the original order"),
    "F18": ("the clock jumps", "deadlines and times stay sane"),
    "F19": ("disk full", "nothing acknowledged is lost"),
    "F20": ("a slow consumer at 10x inflow", "bounded memory"),
    "F21": ("eight consumers killed and stopped at random", "effects once"),
    "F22": ("two relays, two timers, two of everything", "one leads, effects once"),
    "F23": ("an append left open; long transactions elsewhere", "waits; never waits"),
    "F24": ("offline beyond retention, topic made anew", "stopped, never accepted"),
    "F25": ("more partitions under load", "refused"),
    "F26": ("webhook receivers misbehave", "schedule exact, others unaffected"),
    "F27": ("SMTP down, refusing, forgetful", "intent once, attempts counted"),
    "F28": ("two versions at once", "unknown fields kept, unknown types parked"),
    "F29": ("the journal restored, Kafka ahead", "the relay stops and names the ids"),
    "F30": ("a burst of one tenant", "others are served"),
    "F31": ("all of the above mixed by seed", "no anomaly"),
}
BROKERS = "three brokers are not started yet"
LATER = {
    "F6": BROKERS,
    "F7": BROKERS,
    "F11": "no test cuts the network yet",
    "F12": "no proxy slows the network yet",
    "F19": "no test fills a disk yet",
    "F20": "no test measures a slow consumer's memory yet",
    "F21": "two members come and go in a test, not eight",
    "F26": "there are no webhooks yet",
    "F28": "no test runs two checkouts at once yet",
    "F30": "there are no tenants yet whose share could be measured",
}
SHOWN = 6


def marks():
    """Return what injects each fault: ``path::test``, or a nemesis."""
    found = {}
    for path in sorted(Path("tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for decorator in getattr(node, "decorator_list", []):
                for fault in named(decorator, "fault"):
                    found.setdefault(fault, []).append(f"{path}::{node.name}")
    for path in sorted(NEMESES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and (fault := _fault(node)):
                found.setdefault(fault, []).append(f"{path}::{node.name}")
    return found


def _fault(node):
    """Return the fault that a class names, if it does."""
    return next(
        (
            line.value.value
            for line in node.body
            if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "fault"
        ),
        None,
    )


def page():
    """Return the text of docs/faults.md."""
    found = marks()
    lines = [
        "# Faults, and what injects them",
        "",
        "Made from the marks on tests and from the nemeses of `make chaos` by",
        "`python -m tests.faults`; do not edit.",
        "",
        "| | injected | must hold | by |",
        "|---|---|---|---|",
    ]
    for fault, (injected, holds) in FAULTS.items():
        lines.append(
            f"| {fault} | {injected} | {holds} | {_shown(fault, found.get(fault))} |"
        )
    return "\n".join(lines) + "\n"


def _shown(fault, by):
    if not by:
        return f"**NOT INJECTED**: {LATER.get(fault, 'nobody says why')}"
    more = [f"and {len(by) - SHOWN} more"] if len(by) > SHOWN else []
    return "<br>".join([*(f"`{name}`" for name in by[:SHOWN]), *more])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
