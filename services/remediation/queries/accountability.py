"""Who answers for what: per unit or per head, on any day (trách nhiệm giải trình).

The day is the one that facts hold for: a report that was entered later counts from the
day it arrived. Recomputed from the published events by a test of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from services.chassis.context import today
from services.chassis.viewing import Malformed, Row, Rows, View
from services.remediation.policy import READ

# How each case stood on the day: whose it was, the date that held, the report that
# waited or was found good since the last rejection or reopening, and how it had ended.
STOOD = """
WITH stood AS (
  SELECT coalesce(h.from_agency, c.agency_id) AS agency_id,
         coalesce(h.from_name, c.agency_name) AS agency_name,
         d.effective_due_on, d.overdue_from,
         e.how, e.late, e.closed_on AS ended_on,
         (SELECT min(r.reported_on) FROM case_reports r
           WHERE r.case_id = c.case_id AND r.reported_on <= $2
             AND r.version > coalesce(b.version, 0)) AS reported_on,
         (SELECT count(*) FROM case_extensions x
           WHERE x.case_id = c.case_id AND x.extended_on <= $2) AS extensions,
         (SELECT min(f.head_ref) FROM known_findings f
           WHERE c.finding_ids ? f.finding_id) AS head_ref,
         EXISTS (SELECT 1 FROM known_findings f
           WHERE c.finding_ids ? f.finding_id AND f.repeat_of IS NOT NULL) AS repeated
    FROM cases c
    JOIN LATERAL (
      SELECT * FROM case_dates d WHERE d.case_id = c.case_id AND d.since <= $2
       ORDER BY d.version DESC LIMIT 1) d ON TRUE
    LEFT JOIN LATERAL (
      SELECT max(version) AS version FROM (
        SELECT a.version FROM case_answers a WHERE a.case_id = c.case_id
           AND a.answer = 'rejected' AND a.answered_on <= $2
        UNION ALL
        SELECT o.version FROM case_dates o WHERE o.case_id = c.case_id
           AND o.because = 'RemediationReopened' AND o.since <= $2) s) b ON TRUE
    LEFT JOIN LATERAL (
      SELECT * FROM case_closings e WHERE e.case_id = c.case_id
         AND e.closed_on <= $2 AND e.version > coalesce(b.version, 0)
       ORDER BY e.version DESC LIMIT 1) e ON TRUE
    LEFT JOIN LATERAL (
      SELECT from_agency, from_name FROM case_handovers h
       WHERE h.case_id = c.case_id AND h.concerns = 'UNIT' AND h.handed_over_on > $2
       ORDER BY h.version LIMIT 1) h ON TRUE
   WHERE ($1::text IS NULL OR c.plan_id = $1)
), judged AS (
  SELECT *,
         ended_on IS NULL AS is_open,
         ended_on IS NULL AND overdue_from <= $2
           AND (reported_on IS NULL OR reported_on >= overdue_from) AS is_overdue,
         greatest(0, coalesce(reported_on, ended_on, $2) - effective_due_on) AS days
    FROM stood
)
"""
COUNTED = """
       count(*) AS cases,
       count(*) FILTER (WHERE how = 'verified' AND NOT late) AS on_time,
       count(*) FILTER (WHERE how = 'verified' AND late) AS late,
       count(*) FILTER (WHERE how = 'waived') AS waived,
       count(*) FILTER (WHERE is_overdue) AS overdue,
       count(*) FILTER (WHERE is_open) AS open,
       coalesce(sum(extensions), 0)::bigint AS extensions,
       count(*) FILTER (WHERE repeated) AS repeats,
       coalesce(sum(days), 0)::bigint AS overdue_days,
       round(100.0 * count(*) FILTER (WHERE how = 'verified' AND NOT late)
         / nullif(count(*) FILTER (WHERE how = 'verified' OR is_overdue), 0), 1)
         AS on_time_percent
  FROM judged
"""
BY = {
    "unit": f"""{STOOD}
SELECT agency_id, max(agency_name) AS agency_name, {COUNTED}
 GROUP BY agency_id
 ORDER BY agency_id
""",
    "head": f"""{STOOD}
SELECT head_ref, agency_id, max(agency_name) AS agency_name, {COUNTED}
 GROUP BY head_ref, agency_id
 ORDER BY agency_id, head_ref
""",
}


async def accountability(rows: Rows, asked: Mapping[str, str]) -> Sequence[Row]:
    """Return how each unit, or each head, stands (trách nhiệm người đứng đầu).

    Raises:
        Malformed: The day is none, or it is asked by what is not counted.
    """
    by = asked.get("by", "unit")
    if by not in BY:
        raise Malformed("by", f"it is one of {', '.join(BY)}")
    try:
        day = date.fromisoformat(asked["on"]) if "on" in asked else today()
    except ValueError as error:
        raise Malformed("on", "it is a day, such as 2023-10-31") from error
    return await rows.fetch(BY[by], asked.get("plan_id"), day)


VIEWS = (
    View(
        path="/accountability",
        query=accountability,
        read=READ,
        parameters=("plan_id", "by", "on"),
    ),
)
