"""Rows to answers: what a service's ``queries.py`` declares, and HTTP serves.

``GET /<collection>`` is a Listing, ``GET /<collection>/<id>`` a Detail, anything else a
View with SQL of its own. A Detail is rows only, so that ``as_of`` can answer from the
stream's history, folded through the same projections in memory.
"""

from __future__ import annotations

from services.chassis.viewing.declaring import (
    Bind,
    Detail,
    Listing,
    Lookup,
    Malformed,
    Part,
    Query,
    ReaderQuery,
    Row,
    Rows,
    View,
)
from services.chassis.viewing.detailing import (
    detail_as_of,
    detail_now,
    history,
    may_see,
)
from services.chassis.viewing.paging import PAGE, Page, page
from services.chassis.viewing.restricting import readable, reader

__all__ = [
    "PAGE",
    "Bind",
    "Detail",
    "Listing",
    "Lookup",
    "Malformed",
    "Page",
    "Part",
    "Query",
    "ReaderQuery",
    "Row",
    "Rows",
    "View",
    "detail_as_of",
    "detail_now",
    "history",
    "may_see",
    "page",
    "readable",
    "reader",
]
