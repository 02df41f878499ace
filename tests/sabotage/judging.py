"""Caught, or not: each named test must fail, and for the named reason."""


def missed(removal, results):
    """Return why the removal is not caught; nothing if it is."""
    return [
        why
        for test, says in removal.red.items()
        if (why := _missed(test, says, results.get(test)))
    ]


def _missed(test, says, result):
    if result is None:
        return f"{test} did not run"
    if result.outcome != "failure":
        return f"{test}: {result.outcome}, not red {result.told[:300]}".rstrip()
    if says not in result.told:
        return f"{test} is red, but does not say {says!r}:\n{result.told}"
    return None


def unsound(results, tests):
    """Return which tests are not green in the tree as it is."""
    return [
        f"{test}: {results[test].outcome if test in results else 'did not run'}"
        for test in tests
        if test not in results or results[test].outcome != "passed"
    ]
