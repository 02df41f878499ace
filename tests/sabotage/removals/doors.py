"""What stands at the doors: keys, versions, permissions, and an orderly end."""

from tests.sabotage.declaring import CHASSIS, JOURNAL_SQL, removal

HTTP = "tests/chassis/test_http.py"
REAL = "tests/chassis/test_http_postgres.py"
RUNNING = "tests/chassis/test_running.py"
COMMANDING = f"{CHASSIS}/http/commanding.py"
IDEMPOTENCY = f"{CHASSIS}/http/idempotency.py"

DOORS = (
    removal(
        "idempotency-key-ignored",
        (COMMANDING, "    if asked.idempotency_key is None:\n", "    if True:\n"),
        (
            COMMANDING,
            "command = command_id(service, actor, key) if key else new_id()",
            "command = new_id()",
        ),
        promise="I11",
        anomaly="duplicate",
        without="the memory of what was answered to a key, and ids that derive from it",
        red={
            f"{HTTP}::test_the_same_key_again_is_answered_the_same_and_done_once": (
                "assert"
            )
        },
    ),
    removal(
        "key-for-two-requests",
        (IDEMPOTENCY, "        if claim is Claim.OTHER:\n", "        if False:\n"),
        promise="I11",
        anomaly="wrong answer",
        without="the refusal of a key that belongs to another request",
        red={
            f"{HTTP}::test_the_same_key_for_another_body_or_path_is_refused": "assert"
        },
    ),
    removal(
        "in-flight-unseen",
        (
            JOURNAL_SQL,
            "  IF NOT pg_try_advisory_xact_lock((",
            "  IF false AND NOT pg_try_advisory_xact_lock((",
        ),
        promise="I11",
        anomaly="done twice at once",
        without="the claim on a key while its request is being answered",
        red={f"{REAL}::test_of_many_at_once_under_one_key_one_is_done": "assert"},
    ),
    removal(
        "if-match-ignored",
        (
            f"{CHASSIS}/deciding.py",
            "    if expected is not None and expected != version:\n",
            "    if False:\n",
        ),
        promise="I11b",
        anomaly="lost update",
        without="the version that the caller last saw",
        red={
            f"{HTTP}::test_an_old_version_is_refused_and_the_present_one_taken": "assert"
        },
    ),
    removal(
        "refused-but-half-done",
        (
            COMMANDING,
            "            async with journal.transaction():\n",
            "            if True:\n",
        ),
        promise="I2",
        anomaly="phantom(G1a)",
        without="the transaction that a refusal takes back",
        red={
            f"{HTTP}::test_what_a_refused_command_had_written_is_taken_back": "assert ["
        },
    ),
    removal(
        "answered-before-the-commit",
        (
            COMMANDING,
            "                decided = await verb.handler(asked.id, asked.command, journal)\n"
            "        except",
            "                decided = await verb.handler(asked.id, asked.command, journal)\n"
            "        except Unavailable:\n            pass\n        except",
        ),
        (
            COMMANDING,
            "from services.chassis.errors import Refusal\n",
            "from services.chassis.errors import Refusal, Unavailable\n",
        ),
        promise="I1",
        anomaly="lost-write",
        without="waiting for the commit before the command is answered",
        red={f"{HTTP}::test_a_commit_that_fails_is_no_success": "assert 200 == 503"},
    ),
    removal(
        "access-rule-removed",
        (
            f"{CHASSIS}/http/officers.py",
            "        if not permit.allows(principal):\n",
            "        if False:\n",
        ),
        promise="I14",
        anomaly="done without permission",
        without="the rule that names who may do what",
        red={
            f"{HTTP}::test_a_role_without_the_permission_is_not_let_through": "assert"
        },
    ),
    removal(
        "nobody-is-asked-who-they-are",
        (
            f"{CHASSIS}/access.py",
            "    if found is None:\n        return None\n",
            "    if found is None:\n"
            '        return Principal(agency_id="a", role="planner", person_ref="p")\n',
        ),
        promise="I14",
        anomaly="done by nobody",
        without="the token that names an officer",
        red={f"{HTTP}::test_who_names_no_officer_is_not_let_in[eyJhbGciOi]": "assert"},
    ),
    removal(
        "development-token-in-production",
        (
            f"{CHASSIS}/running/process.py",
            "    if not settings.embedded:\n",
            "    if False:\n",
        ),
        promise="I14",
        anomaly="done by anybody",
        without="the refusal to run without an identity provider",
        red={
            f"{RUNNING}::test_what_cannot_run_says_why_and_ends_with_three"
            "[change0-identity]": "Timeout"
        },
    ),
    removal(
        "open-to-the-network",
        (
            f"{CHASSIS}/running/process.py",
            '    if not local(settings.http.rpartition(":")[0]):\n',
            "    if False:\n",
        ),
        promise="I14",
        anomaly="done by anybody",
        without="the loopback interface as the only one for development tokens",
        red={
            f"{RUNNING}::test_what_cannot_run_says_why_and_ends_with_three"
            "[change2-KIEMTRA_HTTP]": "assert 1 == 3"
        },
    ),
    removal(
        "failpoints-in-production",
        (f"{CHASSIS}/failpoints.py", "    if not embedded:\n", "    if False:\n"),
        promise="I1",
        anomaly="killed by a setting",
        without="the refusal of failpoints outside the embedded mode",
        red={
            "tests/chassis/test_failpoints.py"
            "::test_outside_embedded_mode_it_is_refused": "DID NOT RAISE"
        },
    ),
    removal(
        "request-dropped-at-the-end",
        (
            f"{CHASSIS}/running/doors.py",
            "        self._server.should_exit = True\n",
            "        self._server.should_exit = self._server.force_exit = True\n",
        ),
        promise="I1",
        anomaly="unanswered",
        without="the graceful drain: requests in hand are answered before the end",
        red={
            "tests/chassis/test_running_doors.py"
            "::test_what_is_in_hand_when_the_door_closes_is_answered": "assert [] == ["
        },
    ),
    removal(
        "body-without-a-limit",
        (
            f"{CHASSIS}/http/guarding.py",
            "        if len(body) > BYTES:\n",
            "        if False:\n",
        ),
        promise="I10",
        anomaly="exhausted",
        without="the limit of a request's size",
        red={f"{HTTP}::test_a_body_over_a_megabyte_is_not_read": "assert"},
    ),
)
