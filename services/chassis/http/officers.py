"""Who asks: the bearer of a token, and whether the route's rule lets them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from services.chassis.access import Identify, Principal, Rule
from services.chassis.http.problems import Problem
from services.chassis.logging import log

_TRACE = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_bearer = HTTPBearer(auto_error=False, scheme_name="bearer")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def permitted(permit: Rule, identify: Identify) -> Callable[..., Awaitable[Principal]]:
    """Return what lets an officer through a route, or raises a problem."""

    # A coroutine: what is not one, the framework runs in a thread.
    async def officer(credentials: Credentials) -> Principal:
        principal = identify(credentials.credentials) if credentials else None
        if principal is None:
            log("auth.failed", rule=permit.id)
            detail = "a bearer token that names an officer is needed"
            headers = {"WWW-Authenticate": "Bearer"}
            raise Problem(401, "unauthenticated", detail, headers=headers)
        if not permit.allows(principal):
            log("authz.denied", rule=permit.id, actor=principal.actor)
            raise Problem(403, "not-allowed", f"{permit.id} is not for this role")
        return principal

    return officer


def traced(traceparent: str | None) -> UUID | None:
    """Return the trace as a story's id; what is not a trace is forgotten (W3C)."""
    found = _TRACE.fullmatch(traceparent or "")
    return UUID(found[1]) if found else None
