"""HTTP for every service; the one place that writes problems (RFC 9457).

A service's ``api.py`` is a table of verbs: ``POST /<collection>/<id>/<name>`` with the
command's fields as the body, answered ``{id, version, position}`` with an ``ETag``.
"""

from __future__ import annotations

from services.chassis.http.serving import Edge, serve
from services.chassis.http.verbs import Handler, Verb

__all__ = ["Edge", "Handler", "Verb", "serve"]
