"""The styles of a feedback page: of Bootstrap, which nbgrader's pages are made with, only what such a page can use."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from autograder.gradebook.highlighted import styles
from autograder.gradebook.pages import OF_CARD, TAGS

#: Bootstrap's file in nbgrader, which is not imported for it.
BOOTSTRAP = "server_extensions/formgrader/static/node_modules/bootstrap/dist/css/bootstrap.min.css"
#: What the page's template holds beside what students and the card may.
CONTAINER, TEMPLATE_TAGS = "container", {"body", "html"}
_CLASS, _TAG = re.compile(r"\.([\w-]+)"), re.compile(r"(?:^|[ >+~(])([a-z][a-z0-9]*)")
#: Attributes, names, and what is told of the parts of a form or a player: a page has none of them.
_NEVER = re.compile(r"[\[#]|:(?!after|before|first-child|focus|hover|last-child)[\w:-]")


@lru_cache
def page_styles(_: object = None) -> str:
    """Return Bootstrap's rules for what a page can hold, and those for code; a filter, for the page's template."""
    found = importlib.util.find_spec("nbgrader")
    text = (Path((found and found.origin) or "").parent / BOOTSTRAP).read_text("utf-8")
    return "".join(_kept(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))) + styles()


def _kept(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = filter(_applies, tinycss2.serialize(rule.prelude).split(","))
            if kept := ",".join(selectors):
                yield f"{kept}{{{tinycss2.serialize(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.at_keyword == "media" and (kept := "".join(_kept(_rules_in(rule)))):
            yield f"@media{tinycss2.serialize(rule.prelude)}{{{kept}}}"


def _rules_in(rule: AtRule) -> list[Node]:
    found: list[Node] = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
    return found


def _applies(selector: str) -> bool:
    """Whether a page can hold what a selector means."""
    classes, tags = _CLASS.findall(selector), _TAG.findall(_CLASS.sub("", selector))
    known = all(name == CONTAINER or OF_CARD.fullmatch(name) for name in classes)
    return known and (TAGS | TEMPLATE_TAGS).issuperset(tags) and not _NEVER.search(selector)
