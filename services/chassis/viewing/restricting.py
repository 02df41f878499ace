"""Rows that only some may see: an unannounced inspection before the team arrives.

A table with restricted rows has two columns: ``restricted`` and ``readers`` (the
agencies that may see the row all the same). Whoever may not see a row is answered as
if there were none. A row that does not say is hidden: silence is no leave.
"""

from __future__ import annotations

from services.chassis.access import Principal
from services.chassis.viewing.declaring import Row

COLUMNS = {"restricted": "boolean", "readers": "text[]"}
ALL = "*"  # no agency has this id
SEES_ALL = "auditor"


def reader(principal: Principal) -> str:
    """Return what ``readable`` compares: the officer's agency, or all for auditors."""
    return ALL if principal.role == SEES_ALL else principal.agency_id


def readable(argument: int, table: str = "") -> str:
    """Return the SQL condition under which the reader in ``$argument`` sees a row.

    *table* is the table's alias, where a query joins.
    """
    of = f"{table}." if table else ""
    who = f"${argument}::text"
    return (
        f"({of}restricted IS FALSE OR {who} = '{ALL}'"
        f" OR coalesce({who} = ANY({of}readers), FALSE))"
    )


def told(row: Row) -> Row:
    """Return the row without the list of its readers."""
    return {name: value for name, value in row.items() if name != "readers"}
