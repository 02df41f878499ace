"""Every no of the API: a problem with a stable type (RFC 9457), and no trace in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from services.chassis.errors import Outdated, Unavailable, WrongVersion
from services.chassis.logging import log
from services.chassis.viewing import Malformed
from services.chassis.wrapping import Unpublishable

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "1"
_SAID = {Outdated: (412, "outdated"), Unpublishable: (413, "too-large")}
_CODES = {404: "not-found", 405: "method-not-allowed"}


class Described(BaseModel):
    """A problem, as OpenAPI describes it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    status: {"model": Described, "description": "A problem (RFC 9457)"}
    for status in ("4XX", "5XX", 422)
}


class Problem(Exception):
    """Something the API says no to; *code* is stable, *detail* is for people."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers

    def body(self) -> str:
        """Return the problem as JSON."""
        said: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            said["errors"] = list(self.errors)
        return json.dumps(said, ensure_ascii=False)

    def response(self) -> Response:
        """Return the problem as an answer."""
        return Response(self.body(), self.status, self.headers, MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """Return what is said of *error* outside; the unexpected is logged in full."""
    match error:
        case Problem():
            said = error
        case Outdated() | Unpublishable():
            status, code = _SAID[type(error)]
            said = Problem(status, code, str(error))
        case WrongVersion():
            log("command.conflict", detail=str(error))
            said = Problem(409, "wrong-version", str(error))
        case Unavailable() | TimeoutError():
            said = _unavailable(error)
        case RequestValidationError():
            said = _malformed(error)
        case HTTPException():
            code = _CODES.get(error.status_code, "refused")
            said = Problem(error.status_code, code, error.detail, headers=error.headers)
        case Malformed():
            where = {"pointer": f"query/{error.parameter}", "detail": str(error)}
            detail = f"{error.parameter}: {error}"
            said = Problem(422, "malformed-request", detail, errors=[where])
        case _:
            log("request.failed", error=error)
            said = Problem(500, "unexpected", "This is our fault; it was logged.")
    return said


async def problem_response(_: Request, error: Exception) -> Response:
    """Answer what the framework refuses."""
    return problem_of(error).response()


def _unavailable(error: Exception) -> Problem:
    code = getattr(error, "code", "unavailable")
    detail = "Not possible at this moment; ask again, with the same key."
    log("request.unavailable", code=code, error=error)
    return Problem(503, code, detail, headers={"Retry-After": RETRY_AFTER})


def _malformed(error: RequestValidationError) -> Problem:
    """Name each field that is wrong; what stood in it is not repeated."""
    errors = [
        {"pointer": "/".join(map(str, each["loc"])), "detail": str(each["msg"])}
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['pointer']}: {each['detail']}" for each in errors)
    return Problem(422, "malformed-request", detail, errors=errors)
