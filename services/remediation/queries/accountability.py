"""Who answers for what: per unit or per head, on any day (trách nhiệm giải trình).

The day is the one that facts hold for: a report that was entered later counts from the
day it arrived. Where a case came to a successor, what happened before is its
predecessor's: that it became overdue, the days it was, the extensions; the case itself,
and how it ends, is whose it is. Recomputed from published events by a test of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from services.chassis.context import today
from services.chassis.viewing import Malformed, Row, Rows, View
from services.remediation.policy import READ

# How each case stood on the day: the date that held, the report that waited or was
# found good since the last rejection or reopening, and how it had ended. Then who had
# it when, and what of it happened while they had it.
STOOD = """
WITH stood AS (
  SELECT c.case_id, d.effective_due_on, d.overdue_from,
         e.how, e.late, e.closed_on AS ended_on,
         (SELECT min(r.reported_on) FROM case_reports r
           WHERE r.case_id = c.case_id AND r.reported_on <= $2
             AND r.version > coalesce(b.version, 0)) AS reported_on,
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
   WHERE ($1::text IS NULL OR c.plan_id = $1)
), judged AS (
  SELECT *,
         ended_on IS NULL AS is_open,
         ended_on IS NULL AND overdue_from <= $2
           AND (reported_on IS NULL OR reported_on >= overdue_from) AS is_overdue,
         coalesce(reported_on, ended_on, $2) AS until
    FROM stood
), held AS (
  SELECT *, lead(since) OVER span AS till, lead(version) OVER span AS till_version
    FROM (
      SELECT case_id, first_agency_id AS agency_id, first_agency_name AS agency_name,
             NULL::date AS since, 0 AS version
        FROM cases
      UNION ALL
      SELECT case_id, to_agency, to_name, handed_over_on, version
        FROM case_handovers WHERE concerns = 'UNIT' AND handed_over_on <= $2) h
  WINDOW span AS (PARTITION BY case_id ORDER BY version)
), booked AS (
  SELECT h.agency_id, h.agency_name, j.*,
         h.till_version IS NULL AS has_it,
         j.is_overdue AND (h.since IS NULL OR h.since < j.overdue_from)
           AND (h.till IS NULL OR j.overdue_from <= h.till) AS missed,
         (SELECT count(*) FROM case_extensions x
           WHERE x.case_id = h.case_id AND x.extended_on <= $2
             AND x.version > h.version
             AND (h.till_version IS NULL OR x.version < h.till_version)) AS extensions,
         greatest(0, least(j.until, h.till - 1)
           - greatest(j.effective_due_on, h.since - 1)) AS days
    FROM held h JOIN judged j USING (case_id)
)
"""
COUNTED = """
       count(*) FILTER (WHERE has_it) AS cases,
       count(*) FILTER (WHERE has_it AND how = 'verified' AND NOT late) AS on_time,
       count(*) FILTER (WHERE has_it AND how = 'verified' AND late) AS late,
       count(*) FILTER (WHERE has_it AND how = 'waived') AS waived,
       count(*) FILTER (WHERE missed) AS overdue,
       count(*) FILTER (WHERE has_it AND is_open) AS open,
       coalesce(sum(extensions), 0)::bigint AS extensions,
       count(*) FILTER (WHERE has_it AND repeated) AS repeats,
       coalesce(sum(days), 0)::bigint AS overdue_days,
       round(100.0 * count(*) FILTER (WHERE has_it AND how = 'verified' AND NOT late)
         / nullif(count(*) FILTER (WHERE has_it AND how = 'verified' OR missed), 0), 1)
         AS on_time_percent
  FROM booked
 WHERE has_it OR missed OR extensions > 0 OR days > 0
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
