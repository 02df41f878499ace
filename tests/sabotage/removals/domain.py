"""Guards of the domain itself, where what happens twice or too late is nothing."""

from tests.sabotage.declaring import removal

DOMAIN = (
    removal(
        "notice-asked-for-twice",
        (
            "services/notification/domain/notice.py",
            "    if notice.requested is not None:\n        return []\n",
            "",
        ),
        promise="I5",
        anomaly="duplicate notice",
        without="the notice that is asked for once per cause",
        red={
            "tests/notification/test_domain.py::test_a_notice_is_asked_for_once": (
                "expected [], got [NoticeRequested("
            )
        },
    ),
    removal(
        "overdue-though-closed",
        (
            "services/remediation/domain/falling.py",
            "    if rung not in case.armed:\n        return []\n",
            "",
        ),
        promise="I9a",
        anomaly="overdue though done",
        without="the look whether a moment is still waited for",
        red={
            "tests/remediation/test_domain.py::test_past_its_date_it_is_overdue_once": (
                "expected [], got [RemediationOverdue("
            ),
            "tests/remediation/test_domain.py::test_the_superior_is_told_once": (
                "expected [], got [RemediationEscalated("
            ),
        },
    ),
)
