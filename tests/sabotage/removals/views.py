"""What is shown: the same as the fold, to whom it may be shown."""

from tests.sabotage.declaring import CHASSIS, removal

PROJECTOR = "tests/chassis/test_projector.py"
PROPERTIES = "tests/chassis/test_projector_properties.py"
SWAPS = "tests/chassis/test_projector_builds.py"
REMAKING = f"{CHASSIS}/projector/remaking.py"
BUILDS = f"{CHASSIS}/projector/builds.py"
RESTRICTED = "tests/chassis/test_viewing_restricted.py"
RESTRICTING = f"{CHASSIS}/viewing/restricting.py"

VIEWS = (
    removal(
        "projection-by-the-clock",
        (
            f"{CHASSIS}/projector/folding.py",
            "                row.update(operation.values)\n",
            "                row.update(operation.values)\n"
            '                stamp = str(__import__("time").monotonic_ns())\n'
            '                row |= {n: stamp for n, v in row.items() if n == "note"}\n',
        ),
        promise="I6",
        anomaly="rebuilt is not live",
        without="determinism: a row keeps the moment at which it was written",
        red={
            f"{PROPERTIES}"
            "::test_live_rows_rebuilt_rows_and_the_fold_are_the_same": "assert"
        },
    ),
    removal(
        "rows-without-their-position",
        (
            f"{CHASSIS}/projector/projecting.py",
            "        async with self._database.transaction():\n"
            "            live = await self._builds.live(locked=True)\n"
            "            if live is None:\n",
            "        if True:\n"
            "            live = await self._builds.live(locked=True)\n"
            "            if live is None:\n",
        ),
        promise="I6a",
        anomaly="half a batch",
        without="one transaction for rows and the position they stand for",
        red={
            f"{PROJECTOR}"
            "::test_a_batch_that_fails_leaves_rows_and_position_as_they_were": "assert 23"
        },
    ),
    removal(
        "new-build-unchecked",
        (
            f"{CHASSIS}/projector/making.py",
            'raise RuntimeError(f"the new build is not what was written: {wrong}")',
            "pass",
        ),
        promise="I6",
        anomaly="rebuilt is not the fold",
        without="the sums of a new build, compared before it is shown",
        red={
            f"{PROJECTOR}::test_a_build_that_is_not_what_the_events_say_is_never_shown": (
                "DID NOT RAISE"
            )
        },
    ),
    removal(
        "two-write-one-build",
        (
            BUILDS,
            'return await self._one(f"{LIVE} FOR UPDATE" if locked else LIVE)',
            "return await self._one(LIVE)",
        ),
        promise="I5a",
        anomaly="duplicate",
        without="the lock on the build that a batch is written to",
        red={
            f"{PROJECTOR}::test_one_batch_at_a_time_is_written": "assert [2, 2] == [1, 1]"
        },
    ),
    removal(
        "older-build-shown",
        (
            REMAKING,
            "if live and (build.journal < live.journal or build.heard < live.heard):",
            "if False:",
        ),
        promise="I6b",
        anomaly="nonmonotonic",
        without="the refusal of a build that is behind what readers have seen",
        red={
            f"{SWAPS}::test_a_build_that_would_lose_what_was_shown_is_not_shown": (
                "DID NOT RAISE"
            )
        },
    ),
    removal(
        "shown-without-the-seat",
        (REMAKING, '        await held.fetchval("SELECT 1")', "        # no look"),
        promise="I6b",
        anomaly="two builds shown",
        without="the look whether we still are the only one who swaps",
        red={
            f"{SWAPS}::test_a_maker_whose_lock_was_lost_shows_nothing": "DID NOT RAISE"
        },
    ),
    removal(
        "newer-code-overwritten",
        (
            f"{CHASSIS}/projector/projecting.py",
            "ours = live.code_hash == self._code_hash",
            "ours = True",
        ),
        promise="I6b",
        anomaly="two builds in one",
        without="leaving a build to the code that made it",
        red={f"{PROJECTOR}::test_what_newer_code_shows_is_left_to_it": "assert"},
    ),
    removal(
        "views-unrestricted",
        (
            RESTRICTING,
            "        f\"({of}restricted IS FALSE OR {who} = '{ALL}'\"\n",
            "        f\"(TRUE OR {of}restricted IS FALSE OR {who} = '{ALL}'\"\n",
        ),
        promise="I14a",
        anomaly="disclosure",
        without="the condition under which a restricted row is seen",
        red={
            f"{RESTRICTED}"
            "::test_a_listing_leaves_it_out_on_every_page_and_in_every_cursor": "assert",
            "tests/inspection/test_api_leaks.py"
            "::test_no_reader_of_another_agency_sees_a_trace[hn-tan-hoi]": "assert",
        },
    ),
    removal(
        "silence-is-leave",
        (RESTRICTING, "restricted IS FALSE OR", "restricted IS NOT TRUE OR"),
        promise="I14a",
        anomaly="disclosure",
        without="hiding a row that does not say whether it is restricted",
        red={f"{RESTRICTED}::test_a_row_that_does_not_say_is_hidden": "assert 4 == 0"},
    ),
    removal(
        "history-unrestricted",
        (
            f"{CHASSIS}/viewing/detailing.py",
            "    if not detail.restricted:\n        return True\n",
            "    if True:\n        return True\n",
        ),
        promise="I14a",
        anomaly="disclosure",
        without="the same rule for a thing's history and for any moment of it",
        red={
            f"{RESTRICTED}::test_for_who_may_not_read_it_there_is_no_such_thing"
            "[/secrets/S-2/history-dev:hong-ngu:unit-head:p-03]": "assert 200 == 404"
        },
    ),
    removal(
        "log-names-the-discreet",
        (
            f"{CHASSIS}/deciding.py",
            "    discreet = aggregate.discreet is not None and aggregate.discreet(state)\n",
            "    discreet = False\n",
        ),
        promise="I14a",
        anomaly="disclosure by the log",
        without="the log's silence about an unannounced inspection",
        red={
            "tests/chassis/test_deciding_discreet.py"
            "::test_a_discreet_stream_is_not_named_until_it_is_open": "assert"
        },
    ),
    removal(
        "order-told-outside",
        (
            "contracts/planning/triggers.py",
            '    TYPE: ClassVar[str] = "planning.unannounced-inspection-ordered.v1"\n'
            '    VISIBILITY: ClassVar[Visibility] = "internal"\n',
            '    TYPE: ClassVar[str] = "planning.unannounced-inspection-ordered.v1"\n'
            '    VISIBILITY: ClassVar[Visibility] = "agencies"\n',
        ),
        promise="I14a",
        anomaly="disclosure by the bus",
        without="the order of an unannounced inspection staying inside",
        red={
            "tests/planning/test_publishing_triggers.py"
            "::test_what_leads_to_an_unannounced_inspection_is_internal"
            "[planning.unannounced-inspection-ordered.v1]": "assert 'agencies' == 'internal'"
        },
    ),
)
