"""`python -m contracts.verify FILE…`: is a journal as it was sealed? Exit 0 or 1."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

EXTRA = "this needs the library cryptography: pip install 'kiemtra[verify]'\n"
USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files together; print every fault; return the exit status."""
    told = _parser().parse_args(arguments)
    try:
        from contracts.verify.checking import Checker  # noqa: PLC0415 - said if missing
        from contracts.verify.signatures import key_of  # noqa: PLC0415 - the same
    except ModuleNotFoundError:
        sys.stderr.write(EXTRA)
        return USAGE
    try:
        checker = Checker([key_of(key) for key in told.key])
        for path in told.files:
            with path.open("rb") as file:
                checker.file(path.name, file)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE
    found = checker.finish()
    seals = {service: len(known) for service, known in checker.seals.items()}
    answer: dict[str, Any] = {
        "ok": not found and bool(seals),
        "events": checker.events,
        "seals": seals,
        "keys": checker.keys,
        "key_given": bool(told.key),
        "notes": list(checker.notes.values()),
        "findings": [asdict(one) for one in found],
    }
    if told.json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_said(answer)) + "\n")
    return 0 if answer["ok"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m contracts.verify", description=__doc__
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="an export of a journal, or seals that were kept elsewhere",
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="the public key you trust: a PEM file or 64 hex digits; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _said(answer: dict[str, Any]) -> list[str]:
    """Return the answer for people, a line each."""
    lines = [f"{service}: {count} seals" for service, count in answer["seals"].items()]
    lines.append(f"{answer['events']} events")
    if not answer["key_given"]:
        lines += [
            f"{service}: key {key}, from the file itself: compare it, or give --key"
            for service, key in answer["keys"].items()
        ]
    lines += [f"note: {note}" for note in answer["notes"]]
    lines += [
        f"{one['fault']}: {one['service']} {one['where']}: {one['detail']}"
        for one in answer["findings"]
    ]
    return [*lines, "ok" if answer["ok"] else "NOT as it was sealed"]


if __name__ == "__main__":
    sys.exit(main())
