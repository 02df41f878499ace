"""Tests run in a copy of the tree, and what their failures say."""

import asyncio
import os
import signal
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 300  # seconds for one run of pytest
ONE_TEST = 60  # seconds for one test: one that hangs has failed, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one test ended; *told* are the lines that say why it failed."""

    outcome: str
    told: str = ""


async def run_tests(folder, tests, patience=PATIENCE):
    """Run *tests* in *folder*; return each one's result by its name, and the output."""
    report = Path(folder, "junit.xml")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("-p", "no:randomly", f"--timeout={ONE_TEST}", f"--junitxml={report}"),
        *tests,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},  # noqa: TID251 - a child's
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(patience):
            output, _ = await process.communicate()
    except (TimeoutError, asyncio.CancelledError) as error:
        await _end(process)
        if isinstance(error, asyncio.CancelledError):
            raise
        return {}, f"no end after {patience} s"
    return _results(report), output.decode(errors="replace")


async def _end(process):
    """Interrupt pytest, so that it stops its servers; in the end, kill it."""
    if process.returncode is None:
        process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(30):
                await process.communicate()
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def _results(report):
    if not report.exists():
        return {}
    found = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it
        found[_name(case)] = _result(case)
    report.unlink()
    return found


def _name(case):
    """Return a test's name as it is given to pytest."""
    path, _, klass = case.get("classname").partition(".Test")
    inside = f"Test{klass}::" if klass else ""
    return f"{path.replace('.', '/')}.py::{inside}{case.get('name')}"


def _result(case):
    for kind in ("failure", "error", "skipped"):
        node = case.find(kind)
        if node is not None:
            lines = (node.text or "").splitlines()
            said = [line for line in lines if line[:1] in {">", "E"}]
            told = "\n".join([node.get("message") or "", *said])
            return Result(outcome=kind, told=told)
    return Result(outcome="passed")
