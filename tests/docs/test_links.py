"""Every page of the documentation leads where it says: links, pictures, and the paths that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from autograder.course import ROOT, Lab
from docs.make import check

PAGES = [*ROOT.glob("[RC]*.md"), *(ROOT / "docs").glob("**/*.md"), ROOT / "data" / "README.md"]
LINKS = [(page, target) for page in PAGES for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))]
INSIDE = [
    pytest.param(page, target, id=f"{page.relative_to(ROOT)}: {target}")
    for page, target in LINKS
    if not target.startswith("http")
]
OUTSIDE = sorted({target for _, target in LINKS if target.startswith("http")})


@pytest.mark.parametrize(("page", "target"), INSIDE)
def test_a_link_within_the_checkout_leads_somewhere(page: Path, target: str) -> None:
    path, _, heading = target.partition("#")
    there = (page.parent / path).resolve()
    assert there.exists()
    assert there.is_relative_to(ROOT)
    if heading:
        headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.M)
        assert heading in {re.sub(r"[^\w\- ]", "", text).lower().replace(" ", "-") for text in headings}


@pytest.mark.parametrize("target", OUTSIDE)
def test_a_link_to_elsewhere_is_safe_and_whole(target: str) -> None:
    assert re.fullmatch(r"https://[\w.-]+\.\w+(/[\w./~-]*)?", target)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_picture_is_described(page: Path) -> None:
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8")):
        assert len(re.findall(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", words)) > 5, target


def test_every_test_that_readme_names_is_one() -> None:
    tests = re.findall(r"\[test\]\((tests/[\w/]+\.py)\)", (ROOT / "README.md").read_text("utf-8"))
    assert len(tests) > 5
    for path in tests:
        assert re.search(r"^def test_", (ROOT / path).read_text("utf-8"), re.M), path


class TestTheMovingPicture:
    @pytest.mark.parametrize("name", ["check.gif", "check.zh.gif"])
    def test_it_moves_and_is_small(self, name: str) -> None:
        path = ROOT / "docs" / name
        assert path.stat().st_size < 1_000_000
        with Image.open(path) as film:
            assert film.n_frames > 10
            assert film.info["loop"] == 0

    def test_its_first_try_is_a_mistake_of_the_bank_and_its_second_the_solution(self) -> None:
        (mistake,) = [m for m in Lab(check.LAB).misconceptions if (m.question, m.name) == ("relu", "absolute_value")]
        solution = (Lab(check.LAB).folder / "notebook.py").read_text("utf-8")
        assert check.WRONG in mistake.source
        assert check.BACKWARD in mistake.source
        assert check.RIGHT in solution
        assert check.BACKWARD in solution
