"""`kiemtra logs`: the page of names is what the code says."""

from typer.testing import CliRunner

from services.cli.logs import PAGE, app, page


def test_the_page_is_checked_in_and_fresh():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_stale_page_fails_the_check_until_it_is_written(tmp_path):
    place = tmp_path / "logs.md"
    place.write_text("old")
    run = CliRunner().invoke

    assert run(app, ["check", "--place", str(place)]).exit_code == 1
    assert run(app, ["docs", "--place", str(place)]).exit_code == 0
    assert run(app, ["check", "--place", str(place)]).exit_code == 0
