"""The stand-alone verifier: every way to change a journal's evidence has its name."""

import json
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.verify.__main__ import main
from contracts.verify.checking import Checker
from contracts.verify.lines import Begin, End, Entry, spelled
from tests.contracts.sealed import (
    NOON,
    OURS,
    THEIRS,
    batches,
    events,
    lines,
    public,
    resumed,
    seals,
    signed,
)

SEALED = batches(events(10))  # seals of 4, 4 and 2 events
EXPORT = lines(SEALED)


def check(*files, keys=()):
    checker = Checker(keys)
    for number, file in enumerate(files):
        checker.file(f"file-{number}", file)
    return checker.finish()


def faults(*files, keys=()):
    return {one.fault for one in check(*files, keys=keys)}


def changed(place, **update):
    """Return the sealed batches with the event at *place* changed."""
    number, index = divmod(place, 4)
    return [
        (
            seal,
            [
                entry.model_copy(update=update) if (n, i) == (number, index) else entry
                for i, entry in enumerate(part)
            ],
        )
        for n, (seal, part) in enumerate(SEALED)
    ]


def without(place):
    number, index = divmod(place, 4)
    return [
        (
            seal,
            [e for i, e in enumerate(part) if (n, i) != (number, index)],
        )
        for n, (seal, part) in enumerate(SEALED)
    ]


def test_what_was_sealed_is_found_as_it_was():
    assert check(EXPORT, seals(SEALED), keys=[public(OURS)]) == []


@pytest.mark.parametrize(
    "update",
    [
        {"data": '{"text":"khác"}'},
        {"meta": "{} "},
        {"type": "Unsaid"},
        {"key": "other"},
        {"schema_version": 2},
        {"occurred_us": NOON + 1},
        {"recorded_us": NOON - 1},
        {"id": "00000000-0000-4000-8000-000000000099"},
    ],
)
def test_an_edited_event_is_named(update):
    (found,) = check(lines(changed(5, **update)))

    assert found.fault == "edited"
    assert "talk-2 version 2 (position 60)" in found.detail


def test_an_edited_event_whose_hash_was_made_to_fit_is_named():
    fits = SEALED[1][1][3].model_copy(update={"data": '{"text":"khác"}'})
    found = check(lines(changed(7, data=fits.data, hash=fits.chained)))

    assert {one.fault for one in found} == {"not-sealed"}
    assert "talk-1 version 3 (position 80)" in found[0].detail


def test_an_edited_event_whose_chain_was_made_to_fit_is_named_where_it_begins():
    rewritten = iter(events(10, "khác", 5))
    again = [
        (
            seal,
            [
                next(rewritten).model_copy(
                    update={"index": entry.index, "path": entry.path}
                )
                for entry in part
            ],
        )
        for seal, part in SEALED
    ]

    found = check(lines(again))

    assert {one.fault for one in found} == {"not-sealed"}
    assert "position 60" in found[0].detail


@pytest.mark.parametrize("place", range(10))
def test_a_deleted_event_is_named(place):
    found = [one for one in check(lines(without(place))) if one.fault == "deleted"]

    number, index = divmod(place, 4)
    assert f"1 of seal {number + 1} are not there: {index} to {index}" in (
        found[0].detail
    )


def test_events_out_of_order_are_named():
    seal, (a, b, c, d) = SEALED[1]
    swapped = [SEALED[0], (seal, [a, c, b, d]), SEALED[2]]

    assert "reordered" in faults(lines(swapped))


@pytest.mark.parametrize("there", range(3))
def test_an_event_that_stands_a_second_time_is_named(there):
    again = [
        (seal, [*part, SEALED[0][1][1]] if n == there else part)
        for n, (seal, part) in enumerate(SEALED)
    ]

    assert faults(lines(again)) == {"re-inserted"}


def test_an_event_that_nobody_sealed_is_named():
    seal, part = SEALED[2]
    made_up = part[0].model_copy(
        update={"position": 95, "index": 0, "path": [], "stream": "talk-9"}
    )
    made_up = made_up.model_copy(update={"hash": made_up.chained})
    found = check(lines([*SEALED[:2], (seal, [part[0], made_up, part[1]])]))

    assert {one.fault for one in found} >= {"not-sealed"}
    assert "talk-9" in found[0].detail


@pytest.mark.parametrize("kept", range(1, len(EXPORT)))
def test_a_file_that_was_cut_is_named(kept):
    assert "truncated" in faults(EXPORT[:kept])


def test_a_line_that_was_cut_is_named():
    assert "malformed" in faults([*EXPORT[:-1], EXPORT[-1][:-1]])


def test_an_end_that_was_left_out_is_seen_by_who_holds_a_later_seal():
    shorter = lines(SEALED[:2])

    assert check(shorter) == []
    assert faults(shorter, seals(SEALED)) == {"truncated"}
    assert faults(seals(SEALED), lines(SEALED[1:])) == {"truncated"}
    assert check(seals(SEALED), lines(SEALED[1:2], whole=False)) == []


def test_a_suffix_written_and_sealed_anew_is_seen_by_who_holds_an_old_seal():
    rewritten = batches(events(10, "khác", 5))

    assert check(lines(rewritten), keys=[public(OURS)]) == []
    found = check(lines(rewritten), seals(SEALED)[1:2])
    assert {one.fault for one in found} == {"seal-rewritten"}
    assert "seal 2" in found[0].detail


def test_a_seal_by_another_key_is_named():
    theirs = batches(events(10), key=THEIRS)

    assert faults(lines(theirs), keys=[public(OURS)]) == {"seal-forged"}
    mixed = [*SEALED[:2], theirs[2]]
    assert faults(lines(mixed)) == {"seal-forged", "seal-chain"}


def test_a_seal_whose_signature_is_anothers_is_named():
    seal, part = SEALED[1]
    forged = signed(seal, THEIRS)

    assert "seal-forged" in faults(lines([SEALED[0], (forged, part), SEALED[2]]))


def test_a_seal_that_is_missing_is_named():
    assert faults(lines([SEALED[0], SEALED[2]])) >= {"seal-missing"}
    assert faults([seals(SEALED)[0], seals(SEALED)[2]]) == {"seal-missing"}


def test_a_seal_that_binds_another_than_the_one_before_is_named():
    seal, part = SEALED[2]
    unbound = signed(seal.model_copy(update={"previous": "1" * 64}))
    skipping = signed(seal.model_copy(update={"after": seal.after + 1}))

    for bad in (unbound, skipping):
        assert faults(lines([*SEALED[:2], (bad, part)])) == {"seal-chain"}


def test_seals_that_were_given_up_are_told_not_blamed():
    checker = Checker()
    checker.file("export", lines(resumed(SEALED, 1)))

    assert checker.finish() == []
    assert [*checker.notes.values()] == [
        "planning: seals 2 to 3 were given up by ông Ba: sao lưu cũ"
    ]


def test_a_journal_that_has_no_seal_yet_is_no_fault_unless_one_is_known():
    told = Begin(service="planning", first=1, last=0, whole=True), End(last=0, events=0)
    empty = [spelled(line) + b"\n" for line in told]

    assert check(empty) == []
    assert check([*empty, *EXPORT]) != []  # the same service, said to have none
    assert faults(empty, seals(SEALED)) == {"truncated"}
    assert faults(empty[:1]) == {"truncated"}


def test_seals_without_their_events_are_blamed():
    empty = [SEALED[0], *((seal, []) for seal, _ in SEALED[1:])]

    assert faults(lines(empty)) == {"deleted"}


@given(st.data())
@settings(max_examples=200)
def test_any_byte_that_is_changed_is_found(data):
    line = data.draw(st.integers(0, len(EXPORT) - 1))
    byte = data.draw(st.integers(0, len(EXPORT[line]) - 1))
    other = data.draw(st.integers(1, 255))
    raw = bytearray(EXPORT[line])
    raw[byte] ^= other
    text = b"".join([*EXPORT[:line], bytes(raw), *EXPORT[line + 1 :]])

    assert check(text.splitlines(keepends=True))


@given(st.data())
def test_any_line_that_is_left_out_repeated_or_moved_is_found(data):
    place = data.draw(st.integers(0, len(EXPORT) - 1))
    other = data.draw(st.integers(0, len(EXPORT) - 1).filter(lambda n: n != place))
    swapped = list(EXPORT)
    swapped[place], swapped[other] = swapped[other], swapped[place]

    assert check([*EXPORT[:place], *EXPORT[place + 1 :]])
    assert check([*EXPORT[:place], EXPORT[place], *EXPORT[place:]])
    assert check(swapped)


def test_the_same_said_in_other_bytes_is_no_line():
    spaced = json.dumps(json.loads(EXPORT[2])).encode() + b"\n"
    again = EXPORT[2].replace(b'{"data"', b'{"version":1,"data"')

    for raw in (spaced, again, b"[]\n", b"{\n", b'{"kind":"other"}\n', b"\xff\n"):
        found = check([*EXPORT[:2], raw, *EXPORT[3:]])
        assert found[0].fault == "malformed"
        assert found[0].where == "file-0:3"


def test_a_line_alone_is_spelled_as_it_was_read():
    entry = SEALED[0][1][0]

    assert Entry.model_validate_json(spelled(entry)) == entry


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "bằng chứng.jsonl"
    path.write_bytes(b"".join(EXPORT))
    return path


def test_the_command_says_ok_or_names_the_fault(export, tmp_path, capsys):
    pem = tmp_path / "planning.pub"
    pem.write_bytes(
        OURS.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    assert main([str(export), "--key", str(pem), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["events"], told["seals"]) == (True, 10, {"planning": 3})

    assert main([str(export), "--key", public(THEIRS)]) == 1
    assert "seal-forged: planning" in capsys.readouterr().out
    assert main([str(export), "--key", "no key"]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2


def test_a_key_that_nobody_gave_is_shown_to_be_compared(export, capsys):
    assert main([str(export)]) == 0
    assert f"key {public(OURS)}, from the file itself" in capsys.readouterr().out


def test_a_file_without_seals_proves_nothing(tmp_path, capsys):
    (tmp_path / "empty").write_bytes(b"")

    assert main([str(tmp_path / "empty")]) == 1
    assert "NOT as it was sealed" in capsys.readouterr().out


ALONE = """
import runpy, sys
class Wall:
    def find_spec(self, name, *_):
        if name.split(".")[0] in {"services", "asyncpg", "aiokafka", "httpx", "rich"}:
            raise ImportError("behind the wall: " + name)
sys.meta_path.insert(0, Wall())
sys.argv = ["verify", sys.argv[1]]
runpy.run_module("contracts.verify", run_name="__main__")
"""


def test_it_stands_alone(export):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(export)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
