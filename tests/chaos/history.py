"""The history of a run: every request's invocation and its end, a line each (JSONL).

``{i, proc, type: invoke|ok|fail|info, f, service, cmd, key, t_mono, t_wall}``; an end
has ``op``, the line of its invocation. ``fail`` is a refusal. Whatever is no answer is
``info``: a timeout, a lost connection, a 5xx. It may have been done, or not.
"""

import json
import time
from datetime import UTC, datetime


class History:
    """Writes the lines as they happen, and keeps them."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self.lines = []

    def invoke(self, proc, f, *, service, cmd, key):
        """Note that something is about to be asked; return the line."""
        return self._add(
            proc=proc, type="invoke", f=f, service=service, cmd=cmd, key=key
        )

    def end(self, invoked, kind, **answer):
        """Note what became of it."""
        told = {name: invoked[name] for name in ("proc", "f", "service", "cmd", "key")}
        return self._add(**told, type=kind, op=invoked["i"], **answer)

    def nemesis(self, f, **told):
        """Note what the nemesis did; no request, but part of the timeline."""
        return self._add(proc="nemesis", type="info", f=f, cmd=None, key=None, **told)

    def count(self, kind):
        """Return how many requests ended so."""
        return sum(
            line["type"] == kind and line["proc"] != "nemesis" for line in self.lines
        )

    def close(self):
        self._file.close()

    def _add(self, **line):
        wall = datetime.now(UTC).isoformat()  # noqa: TID251 - the run's real time
        line |= {"i": len(self.lines), "t_mono": time.monotonic(), "t_wall": wall}
        self.lines.append(line)
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()
        return line
