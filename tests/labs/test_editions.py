"""An edition in another language is the same notebook: its cells, its code, its points; and nothing of it is wrong."""

from __future__ import annotations

import ast
import re

import nbformat
import pytest
from markdown_it import MarkdownIt

import autograder.cli  # noqa: F401  (its commands hand their help to the catalogue)
from autograder.authoring.translate import catalogue_file
from autograder.authoring.translate.editions import fresh_catalogue, languages, languages_of
from autograder.authoring.translate.sources import sources
from autograder.course import labs
from autograder.intake.clean import clean
from autograder.intake.editions import into_english

EDITIONS = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in labs() for name in languages_of(lab)]
#: Of a lab that begins in English, none is asked for.
CATALOGUES = [
    pytest.param(source, name, id=f"{source.name}-{name}")
    for source in sources()
    for name in languages()
    if (source.folder / f"{name}.po").exists()
]
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.S)


class _WithoutWords(ast.NodeTransformer):
    """Code without what it says to people, which translations change."""

    def visit_Constant(self, node):
        return ast.Constant("...") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, _node):
        return ast.Constant("...")

    def visit_Call(self, node):
        node.keywords = [word for word in node.keywords if word.arg != "language"]
        return self.generic_visit(node)


def code_of(source):
    return ast.dump(_WithoutWords().visit(ast.parse(source)))


def both(lab, language):
    return [nbformat.read(path, 4).cells for path in (lab.released, lab.edition(language))]


@pytest.mark.parametrize(("lab", "language"), EDITIONS)
def test_an_edition_has_the_same_cells_and_the_same_code(lab, language):
    for ours, theirs in zip(*both(lab, language), strict=True):
        marks = [{**cell.metadata.get("nbgrader", {}), "checksum": ""} for cell in (ours, theirs)]
        assert (ours.id, ours.cell_type, *marks[:1]) == (theirs.id, theirs.cell_type, *marks[1:])
        if ours.cell_type == "code":
            assert code_of(ours.source) == code_of(theirs.source), ours.id


@pytest.mark.parametrize(("lab", "language"), EDITIONS)
def test_an_untouched_edition_is_the_untouched_english_notebook(lab, language):
    english, _ = both(lab, language)
    submission, _ = clean(nbformat.read(lab.edition(language), 4))
    assert into_english(submission.cells, lab.name) == language
    assert [cell.source.strip() for cell in submission.cells] == [cell.source.strip() for cell in english]
    assert into_english(clean(nbformat.read(lab.released, 4))[0].cells, lab.name) == "en"


@pytest.mark.parametrize(("lab", "language"), EDITIONS)
def test_no_mark_of_emphasis_is_left_in_what_is_read(lab, language):
    for cell in nbformat.read(lab.edition(language), 4).cells:
        if cell.cell_type == "markdown":
            blocks = MarkdownIt().enable("table").parse(FORMULA.sub("x", cell.source))
            texts = [token.content for block in blocks for token in block.children or () if token.type == "text"]
            assert not [text for text in texts if "**" in text], cell.id


@pytest.mark.parametrize(("source", "language"), CATALOGUES)
def test_a_catalogue_is_whole_up_to_date_and_without_faults(source, language):
    path = source.folder / f"{language}.po"
    count = catalogue_file.counted(path, source.messages)
    assert (count.missing, count.outdated) == (0, 0), "`autograder translate` says which"
    assert catalogue_file.wrong(path) == []
    assert str(catalogue_file.updated(path, source.messages)) == str(catalogue_file.read(path))
    assert (source.compiled / f"{language}.mo").read_bytes() == fresh_catalogue(source, language)
