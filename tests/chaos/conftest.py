"""What the chaos tests share: a way to be heard."""

import pytest


@pytest.fixture
def tell(capsys):
    """Print past pytest's capture: what a run did belongs on the screen."""

    def said(outcome):
        with capsys.disabled():
            print(f"\n{outcome}")  # noqa: T201 - asked for

    return said
