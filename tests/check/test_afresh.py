"""Asks are loaded from their files, whatever a notebook has put in their place."""

from __future__ import annotations

import builtins
import importlib
import sys

import pytest

import aics.check.ask
import aics.check.serve
import aics.doubles.calls
import aics.graph
from aics.check.afresh import loaded_afresh

LAB = "lab4_dlp"


@pytest.fixture
def asks():
    return importlib.import_module(f"aics.{LAB}.asks")


def _written_at(function):
    """File, line, and the names that it uses: not the bytecode, which what counts lines adds to."""
    code = function.__code__
    return code.co_filename, code.co_firstlineno, code.co_names


def test_replaced_functions_are_the_files_own_again(asks, monkeypatch):
    monkeypatch.setattr(asks, "top5", None)
    monkeypatch.setattr(aics.check.serve, "ask", None)
    monkeypatch.setattr(importlib, "import_module", None)
    monkeypatch.setattr(builtins, "__import__", lambda *_, **__: asks)
    serve, fresh = loaded_afresh(LAB, "check.serve", f"{LAB}.asks")
    monkeypatch.undo()

    assert fresh.top5.__module__ == "aics.lab4_dlp.device_asks"
    assert _written_at(serve.ask) == _written_at(aics.check.ask.ask)
    assert serve.ask is not aics.check.ask.ask


def test_what_a_notebook_can_reach_stays_what_it_was(asks):
    before, attributes = dict(sys.modules), dict(vars(aics))
    loaded_afresh(LAB, "check.serve", f"{LAB}.asks")

    assert sys.modules == before
    assert vars(aics) == attributes
    assert importlib.import_module(f"aics.{LAB}.asks") is asks


def test_classes_that_students_derive_from_are_shared():
    _, fresh = loaded_afresh(LAB, "check.serve", f"{LAB}.graph_asks")
    assert fresh.GraphError is aics.graph.GraphError
    assert fresh.OpDef is aics.graph.OpDef


def test_a_lab_that_is_not_there_leaves_everything_as_it_was():
    before = dict(sys.modules)
    with pytest.raises(ModuleNotFoundError):
        loaded_afresh("no_such_lab", "no_such_lab.asks")
    assert sys.modules == before
