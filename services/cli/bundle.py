"""`kiemtra debug-bundle`: what somebody far away needs to understand a fault.

Whatever cannot be had is said in ``errors.json``; a bundle is made of the rest. Nothing
leaves that was not redacted, and before it is written it is searched for the secrets
that are known.
"""

from __future__ import annotations

import asyncio
import io
import json
import platform
import tarfile
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import httpx
import typer

from services.chassis.bus.kafka import end_offsets
from services.chassis.clock import system_clock
from services.chassis.errors import Unavailable
from services.chassis.redacting import HIDDEN, redacted, redactor, without_keys
from services.cli.ledger import topics
from services.cli.operators import running
from services.cli.output import Home, Json, fail, show

Out = Annotated[Path, typer.Option(help="Where to write it: NAME.tar.gz.")]
Payloads = Annotated[
    bool, typer.Option("--payloads", help="Also bodies and errors of what is parked.")
]
Lines = Annotated[int, typer.Option(help="So many last lines of each log.", min=0)]
PATHS = {
    "status": "/statusz",
    "ready": "/readyz",
    "lag": "/lagz",
    "rest": "/restz",
    "relay": "/relay",
    "consumers": "/consumers",
    "timers": "/timers",
    "parked": "/parked",
    "projection": "/projection",
    "look": "/look",
}
BODIES = 100  # parked messages shown whole, at most
# What may repeat a message's values; left out unless it is asked for.
TELLING = ("error",)
PATIENCE = 15.0
Files = dict[str, bytes]


def debug_bundle(
    *,
    out: Out,
    payloads: Payloads = False,
    lines: Lines = 2000,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Collect status, lag, parked heads, settings, versions, logs; no secrets."""
    described = running(home)
    secrets = known_secrets(described)
    hide = redactor(secrets)
    files = asyncio.run(_collect(described, hide, payloads=payloads))
    place = Path(described["home"])
    files |= logs(place / "logs", lines, hide)
    if leaked := leaks(files, secrets):
        raise fail(f"not written: a secret was about to leave in {', '.join(leaked)}")
    write(out, files)
    told = {"bundle": str(out), "files": sorted(files), "bytes": out.stat().st_size}
    show(told if as_json else told | {"files": len(files)}, as_json=as_json)


def known_secrets(described: Mapping[str, Any]) -> set[str]:
    """Return the passwords that the system's own description and folder hold."""
    found = set()
    for url in _urls(described):
        if password := urlsplit(url).password:
            found |= {password, unquote(password)}
    kept = Path(described["home"]) / "passwords.json"
    if kept.exists():
        found |= set(_texts(json.loads(kept.read_text(encoding="utf-8"))))
    return found


def logs(folder: Path, lines: int, hide: Callable[[str], str]) -> Files:
    """Return the last lines of each log, redacted line by line."""
    found = {}
    for path in sorted(folder.glob("*.log")) if lines else ():
        with path.open(encoding="utf-8", errors="replace") as file:
            last = deque(file, maxlen=lines)
        text = without_keys("".join(last))
        lines_of = (_line(one, hide) for one in text.splitlines(keepends=True))
        found[f"logs/{path.name}"] = "".join(lines_of)
    return {name: text.encode() for name, text in found.items()}


def leaks(files: Files, secrets: Iterable[str]) -> list[str]:
    """Return which files hold a secret after all."""
    return [
        name
        for name, body in files.items()
        if any(
            len(secret) > len(HIDDEN) and secret.encode() in body for secret in secrets
        )
    ]


def write(out: Path, files: Files) -> None:
    """Write the archive: only the owner may read it."""
    half = out.with_name(f"{out.name}.new")
    half.touch(mode=0o600)
    with tarfile.open(half, "w:gz") as archive:
        for name, body in sorted(files.items()):
            entry = tarfile.TarInfo(f"kiemtra-debug/{name}")
            entry.size, entry.mode = len(body), 0o600
            archive.addfile(entry, io.BytesIO(body))
    half.replace(out)


async def _collect(
    described: Mapping[str, Any], hide: Callable[[str], str], *, payloads: bool
) -> Files:
    errors: dict[str, str] = {}
    found: dict[str, Any] = {"about": _about(described), "system": described}
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        for name, service in described["services"].items():
            base = service["operate"]
            for what, path in PATHS.items():
                answer = await _ask(client, f"{base}{path}", errors)
                found[f"{name}/{what}"] = answer
            heads = (found[f"{name}/parked"] or {}).get("items", [])
            if payloads:
                shown = [
                    await _ask(client, f"{base}/parked/{row['id']}", errors)
                    for row in heads[:BODIES]
                ]
                found[f"{name}/payloads"] = shown
            else:
                found[f"{name}/parked"] = [_without(row) for row in heads]
    found["topics"] = await _layout(described["kafka"], errors)
    found["errors"] = errors
    return {
        f"{name}.json": _json(redacted(value, hide))
        for name, value in found.items()
        if value is not None
    }


async def _ask(client: httpx.AsyncClient, url: str, errors: dict[str, str]) -> Any:
    try:
        answer = await client.get(url)
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        errors[url] = repr(error)
        return None


async def _layout(kafka: str, errors: dict[str, str]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for topic in topics():
        try:
            ends = await end_offsets(kafka, topic)
        except Unavailable as error:
            errors[f"kafka {topic}"] = str(error)
            continue
        found[topic] = {"partitions": len(ends), "ends": ends}
    return found


def _about(described: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kiemtra": version("kiemtra"),
        "made_at": system_clock().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "clock": described.get("clock"),
    }


def _without(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in TELLING}


def _line(line: str, hide: Callable[[str], str]) -> str:
    """Redact a line: by its fields where it is JSON, else as text."""
    try:
        fields = json.loads(line)
    except ValueError:
        return hide(line)
    return f"{json.dumps(redacted(fields, hide), ensure_ascii=False)}\n"


def _urls(value: Any) -> Iterable[str]:
    return [text for text in _texts(value) if "://" in text]


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case _:
            pass


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()
