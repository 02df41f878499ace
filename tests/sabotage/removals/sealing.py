"""What proves a history to those who hold an old seal."""

from tests.sabotage.declaring import CHASSIS, removal

CHECKING = "contracts/verify/checking.py"
SEALER = f"{CHASSIS}/sealing/sealer.py"
VERIFY = "tests/contracts/test_verify.py"
SEALING = "tests/chassis/test_sealing.py"

SEALS = (
    removal(
        "seal-binds-nothing",
        (CHECKING, "if (seal.previous, seal.after) != (bound, begins):", "if False:"),
        promise="I13b",
        anomaly="undetected rewriting",
        without="the comparison of each seal with the one it binds",
        red={
            f"{VERIFY}::test_a_seal_that_binds_another_than_the_one_before_is_named": (
                "assert set() == {'seal-chain'}"
            )
        },
    ),
    removal(
        "old-seal-forgotten",
        (CHECKING, "        if before != seal:\n", "        if False:\n"),
        promise="I13b",
        anomaly="undetected rewriting",
        without="the comparison with a seal that somebody held on to",
        red={
            f"{VERIFY}"
            "::test_a_suffix_written_and_sealed_anew_is_seen_by_who_holds_an_old_seal": (
                "{'seal-rewritten'}"
            )
        },
    ),
    removal(
        "signature-unchecked",
        (
            CHECKING,
            "if not genuine(seal.key, seal.signature, seal.signed):",
            "if False:",
        ),
        promise="I13b",
        anomaly="forged seal",
        without="the signature of a seal",
        red={
            f"{VERIFY}::test_a_seal_whose_signature_is_anothers_is_named": (
                "assert 'seal-forged' in"
            )
        },
    ),
    removal(
        "event-not-proven",
        (CHECKING, "        elif not proven:\n", "        elif False:\n"),
        promise="I13b",
        anomaly="undetected edit",
        without="the path from an event to its seal's root",
        red={
            f"{VERIFY}::test_an_edited_event_whose_hash_was_made_to_fit_is_named": (
                "assert"
            )
        },
    ),
    removal(
        "shorter-history-believed",
        (
            CHECKING,
            "if begin.whole and (begin.first > 1 or last > begin.last):",
            "if False:",
        ),
        promise="I13b",
        anomaly="undetected truncation",
        without="the comparison of a history's end with the last seal known",
        red={
            f"{VERIFY}"
            "::test_an_end_that_was_left_out_is_seen_by_who_holds_a_later_seal": (
                "assert set() == {'truncated'}"
            )
        },
    ),
    removal(
        "sealed-before-it-is-safe",
        (
            f"{CHASSIS}/journal/migrations/0005_seals.sql",
            "AND e.seq <= safe ORDER BY e.seq",
            "ORDER BY e.seq",
        ),
        promise="I13b",
        anomaly="unseen",
        without="the safe end: an event that is committed late is in no seal",
        red={
            f"{SEALING}::test_a_seal_waits_for_events_that_may_still_be_committed": (
                "assert [3] == [1]"
            )
        },
    ),
    removal(
        "sealed-over-a-loss",
        (SEALER, "        await self._agreed()\n", ""),
        promise="I13b",
        anomaly="undetected rewriting",
        without="the sealer's stop when seals are known that its database has lost",
        red={
            f"{SEALING}"
            "::test_a_database_that_lost_seals_is_not_sealed_until_they_are_given_up": (
                "DID NOT RAISE"
            )
        },
    ),
)
