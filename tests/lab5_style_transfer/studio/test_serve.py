"""`aics studio`: what is handed to Voila. tests/browser/test_studio.py looks at the page itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from voila.app import Voila

from aics import cli
from aics.lab5_style_transfer.studio import show_heading, voila
from aics.language import speaking


@pytest.fixture
def launched(monkeypatch, tmp_path):
    """Runs the command in an empty folder; gives Voila's arguments and settings instead of starting it."""
    seen = {}
    monkeypatch.setattr(Voila, "launch_instance", lambda options, **settings: seen.update(settings, options=options))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AICS_STUDIO", "")
    monkeypatch.setenv("AICS_SAVED", "")

    def run(*arguments: str) -> dict:
        assert cli.main(["studio", *arguments]) == 0
        return seen

    return run


def test_the_page_is_served_with_a_token_and_room_for_large_pictures(launched):
    seen = launched()
    asked = "--VoilaConfiguration.http_header_envs=['Accept-Language']"
    assert seen["options"] == ["--token", "--theme=light", asked, str(voila.PAGE)]
    assert seen["tornado_settings"]["websocket_max_message_size"] > 100e6


def test_folder_port_and_browser_can_be_chosen(launched):
    seen = launched("finished", "--port", "8123", "--no-browser")
    assert {"--port=8123", "--no-browser"} < set(seen["options"])
    assert voila.os.environ["AICS_STUDIO"] == str(Path("finished").resolve())


def test_runs_are_saved_where_the_command_was_given(launched):
    launched()
    assert voila.os.environ["AICS_SAVED"] == str(Path("saved").resolve())


def test_where_the_page_did_not_come_along_it_is_said(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(voila, "PAGE", tmp_path / "studio.ipynb")
    assert cli.main(["studio"]) == 1
    assert "it comes with lab 5" in capsys.readouterr().err.replace("\n", " ")


def test_the_page_is_one_cell_without_outputs():
    (code,) = json.loads(voila.PAGE.read_text("utf-8"))["cells"]
    assert code["outputs"] == []
    assert '"../lab5_style_transfer/stu_upload"' in "".join(code["source"])


@pytest.mark.parametrize(("asked", "title"), [("en", "The studio"), ("zh", "画室")])
def test_the_page_is_headed_in_the_language_that_is_spoken(monkeypatch, asked, title):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    with speaking(asked):
        show_heading()
    assert shown[0].data.startswith(f"<h1>{title}</h1><p>")
