"""When is a disturbed campaign as good as an undisturbed one?"""


def the_same(disturbed, undisturbed):
    """Assert the same journals, a clean ledger, and every notice once by its id."""
    (outcome, mail), (reference, expected_mail) = disturbed, undisturbed
    assert [check for check in outcome["checks"] if not check["ok"]] == []
    assert outcome["events"] == reference["events"]
    assert outcome["ledger"]["missing"] == outcome["ledger"]["extra"] == 0
    ids = [one.message_id for one in mail]
    assert sorted(ids) == sorted(one.message_id for one in expected_mail)
    assert len(ids) == len(set(ids))
    assert outcome["journal_hash"] == reference["journal_hash"]
