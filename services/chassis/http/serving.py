"""A service's application: its tables turned into routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from services.chassis.access import Identify
from services.chassis.clock import Clock
from services.chassis.http.commanding import add_verb
from services.chassis.http.guarding import Guard
from services.chassis.http.problems import Problem, problem_response
from services.chassis.http.reading import add_detail, add_listing, add_view
from services.chassis.journal import Journal
from services.chassis.viewing import Rows

if TYPE_CHECKING:
    from services.chassis.running import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What the API stands on.

    ``reached`` waits, for a bounded time, until the views hold what was recorded up to
    a position, and says whether they do.
    """

    journal: Journal
    rows: Rows
    clock: Clock
    identify: Identify
    reached: Callable[[int], Awaitable[bool]]


def serve(service: Service, edge: Edge) -> FastAPI:
    """Return the service's application: its routes, and a problem for every no."""
    app = FastAPI(
        title=f"kiemtra {service.name}", version="1", docs_url=None, redoc_url=None
    )
    app.add_middleware(Guard)
    for kind in (RequestValidationError, HTTPException, Problem):
        app.add_exception_handler(kind, problem_response)
    for verb in service.verbs:
        add_verb(app, service, verb, edge)
    for listing in service.listings:
        add_listing(app, listing, edge)
    for view in service.views:
        add_view(app, view, edge)
    for detail in service.details:
        add_detail(app, service, detail, edge)
    return app
