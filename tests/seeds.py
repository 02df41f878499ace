"""Which test or story step shows which row of the seed texts, and which capability.

A row is a line of a real public text that the product must be able to run. The marks
stand on tests (``@pytest.mark.seed("2.19")``, ``@pytest.mark.capability("C6")``) and on
steps of the shipped stories (``rows: ["0.16"]``, ``capabilities: [C7]``); the rows
themselves are in seed_rows.yaml. `python -m tests.seeds` writes docs/seeds.md.
"""

import ast
import sys
from functools import cache
from pathlib import Path

import yaml

PAGE = Path("docs/seeds.md")
STORIES = Path("services/cli/stories")
DATA = yaml.safe_load(Path("tests/seed_rows.yaml").read_text(encoding="utf-8"))
TEXTS = DATA["texts"]
ROWS = {row: words for text in TEXTS for row, words in text["rows"].items()}
CAPABILITIES = DATA["capabilities"]
LATER = {"C23": "the crossing of the edge comes later"}
NAMED = 4  # tests named for a row; the others are counted


@cache
def marks(kind="seed"):
    """Return what shows each row: ``path::test``, or ``story step n``."""
    found = {}
    for path in sorted(Path("tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for decorator in getattr(node, "decorator_list", []):
                for row in _named(decorator, kind):
                    found.setdefault(row, []).append(f"{path}::{node.name}")
    field = {"seed": "rows", "capability": "capabilities"}[kind]
    for path in sorted(STORIES.glob("*.yaml")):
        story = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, step in enumerate(story.get("steps", ()), start=1):
            for row in step.get(field, ()):
                found.setdefault(str(row), []).append(f"{path.stem} step {number}")
    return found


def _named(decorator, kind):
    """Return what a mark names, also of one on a single parameter."""
    return [
        argument.value
        for node in ast.walk(decorator)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(f"mark.{kind}")
        for argument in node.args
    ]


def page():
    """Return the text of docs/seeds.md."""
    tests, able = marks(), marks("capability")
    lines = [
        "# The seed texts, line by line",
        "",
        "Made from the marks on tests and story steps by `python -m tests.seeds`; do",
        "not edit. A step is run by `kiemtra demo <story>`, with everything around it.",
    ]
    for text in TEXTS:
        lines += [
            "",
            f"## {text['title']} (`kiemtra demo {text['story']}`)",
            "",
            "| row | the text | what it becomes | shown by |",
            "|---|---|---|---|",
        ]
        for row, (said, becomes) in text["rows"].items():
            lines.append(f"| {row} | {said} | {becomes} | {_shown(tests.get(row))} |")
    lines += ["", "## Capabilities", "", "| | what | shown by |", "|---|---|---|"]
    for code, what in CAPABILITIES.items():
        lines.append(f"| {code} | {what} | {_shown(able.get(code), code)} |")
    return "\n".join(lines) + "\n"


def _shown(by, code=""):
    """Return what shows a row: one step of each story, and a few of the tests."""
    if not by:
        return LATER.get(code, "(nothing)")
    steps = {}
    for name in by:
        if " step " in name:
            steps.setdefault(name.partition(" step ")[0], name)
    named = [*steps.values(), *(f"`{name}`" for name in by if "::" in name)]
    more = [f"and {len(named) - NAMED} more"] if len(named) > NAMED else []
    return "<br>".join([*named[:NAMED], *more])


def unshown():
    """Return what is wrong with the marks and the page, in words; empty: nothing."""
    tests, able = marks(), marks("capability")
    wanted = set(CAPABILITIES) - set(LATER)
    wrong = [f"no test shows row {row}" for row in sorted(set(ROWS) - set(tests))]
    wrong += [f"no text has row {row}" for row in sorted(set(tests) - set(ROWS))]
    wrong += [f"no test shows {code}" for code in sorted(wanted - set(able))]
    wrong += [f"there is no {code}" for code in sorted(set(able) - set(CAPABILITIES))]
    if PAGE.read_text(encoding="utf-8") != page():
        wrong.append(f"{PAGE} is not what the marks say: make contracts")
    return wrong


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(unshown()) or 0)
    PAGE.write_text(page(), encoding="utf-8")
