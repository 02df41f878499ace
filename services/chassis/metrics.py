"""Prometheus metrics: what ``/lagz`` says, under names that do not change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, Literal, get_args

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

MEDIA_TYPE = CONTENT_TYPE_LATEST
MetricName = Literal[
    # What a consumer has not passed yet, per topic and partition.
    "kiemtra_lag_events",
    # For how long it has been behind.
    "kiemtra_lag_seconds",
    # What became of the messages, per consumer and outcome.
    "kiemtra_events_total",
    # Journal events that are not published yet, and the age of the oldest.
    "kiemtra_relay_pending",
    "kiemtra_relay_oldest_seconds",
    # Events that the views do not show yet.
    "kiemtra_views_pending",
    # Parked messages that wait, and the age of the oldest.
    "kiemtra_dlq_open",
    "kiemtra_dlq_oldest_seconds",
    # Deadlines that are due, and those that could not be answered.
    "kiemtra_timers_due",
    "kiemtra_timers_parked",
    # What is still to be done outside, and what was given up.
    "kiemtra_intents_pending",
    "kiemtra_intents_failed",
    # Which version runs.
    "kiemtra_build_info",
]
OUTCOMES = ("applied", "duplicate", "ignored", "parked", "gap_held")
Row = tuple[tuple[str, ...], float]


class _Lag(Collector):
    """One snapshot of ``/lagz`` as metrics."""

    def __init__(self, lag: Mapping[str, Any]) -> None:
        self._lag = lag

    def collect(self) -> Iterable[Metric]:
        """Return the metrics."""
        lag, parts = self._lag, list(_partitions(self._lag))
        single: dict[MetricName, float] = {
            "kiemtra_relay_pending": lag["relay"]["pending"],
            "kiemtra_relay_oldest_seconds": lag["relay"]["seconds"],
            "kiemtra_views_pending": lag["views"]["pending"],
            "kiemtra_timers_due": lag["timers"]["due"],
            "kiemtra_timers_parked": lag["timers"]["parked"],
            "kiemtra_intents_pending": lag["intents"]["pending"],
            "kiemtra_intents_failed": lag["intents"]["failed"],
        }
        for name, value in single.items():
            yield _gauge(name, (), [((), value)])
        where = ("consumer", "topic", "partition")
        each: dict[MetricName, str] = {
            "kiemtra_lag_events": "lag_events",
            "kiemtra_lag_seconds": "lag_seconds",
            "kiemtra_dlq_open": "parked_now",
            "kiemtra_dlq_oldest_seconds": "oldest_parked_seconds",
        }
        for name, field in each.items():
            yield _gauge(name, where, [(at, row[field]) for at, row in parts])
        total: MetricName = "kiemtra_events_total"
        events = CounterMetricFamily(
            total, total.replace("_", " "), labels=(*where, "outcome")
        )
        for at, row in parts:
            for outcome in OUTCOMES:
                events.add_metric((*at, outcome), row[outcome])
        yield events
        info = (lag["service"], version("kiemtra"))
        yield _gauge("kiemtra_build_info", ("service", "version"), [(info, 1.0)])


def rendered(lag: Mapping[str, Any]) -> bytes:
    """Return the metrics of a snapshot in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Lag(lag))
    return generate_latest(registry)


def names() -> tuple[str, ...]:
    """Return the name of every metric."""
    return get_args(MetricName)


def _gauge(name: MetricName, labels: tuple[str, ...], rows: list[Row]) -> Metric:
    gauge = GaugeMetricFamily(name, name.replace("_", " "), labels=labels)
    for values, value in rows:
        gauge.add_metric(values, value)
    return gauge


def _partitions(
    lag: Mapping[str, Any],
) -> Iterable[tuple[tuple[str, str, str], Mapping[str, Any]]]:
    for consumer, topics in lag["consumers"].items():
        for topic, parts in topics.items():
            for part, row in parts.items():
                yield (consumer, topic, part), row
