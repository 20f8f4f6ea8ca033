"""What can be asked of a cell's batch, by rule: which line several entries need and one does not."""

from __future__ import annotations

from collections.abc import Iterator

from aics.own.asked import LETTERS, Asked
from aics.own.batch import Batch, batch_of, same
from aics.own.candidate import Candidate
from aics.own.cell import Key
from aics.own.harmless import is_harmless
from aics.own.left_out import Piece, pieces_of, without
from aics.own.trial import Trial
from aics.own.watch import TooLong


def needed(trial: Trial) -> Iterator[Candidate]:
    """The first line of a function with a piece that no single entry of the batch needs, and all together do."""
    batch = batch_of(trial) if is_harmless(trial) else None
    if batch is None or len(_single(batch)) > LETTERS:
        return
    for function in _given_all_at_once(trial, batch):
        if piece := _first(trial, function, batch):
            yield Candidate(_asked(trial, function, piece, batch), worth=6)


def _asked(trial: Trial, function: Key, piece: Piece, batch: Batch) -> Asked:
    return Asked(
        kind="needed" if batch.several is trial.case else "needed_by_more",
        function=function[0],
        line=piece.line,
        name=_single(batch),
        case=trial.number,
        right=piece.line,
        other=_short(piece.whole),
        instead=_short(piece.rest),
    )


def _single(batch: Batch) -> str:
    """One entry of a batch, as Python has it."""
    return ", ".join(f"{name}[:1]" for name in batch.names)


def _given_all_at_once(trial: Trial, batch: Batch) -> list[Key]:
    """The functions that are called as often for a single entry as for all, and not once for each."""
    try:
        one, several = trial.watched(batch.singles[0][0]), trial.watched(batch.several)
    except TooLong:
        return []
    return [key for key in trial.live if key in one and 0 < one[key].calls == several[key].calls]


def _first(trial: Trial, function: Key, batch: Batch) -> Piece | None:
    """The first such piece, where its statement stands on one line."""
    pieces = pieces_of(trial.cell, function)
    piece = next((each for each in pieces if _is_needed(trial, function, each, batch)), None)
    return piece if piece and piece.alone else None


def _is_needed(trial: Trial, function: Key, piece: Piece, batch: Batch) -> bool:
    """Whether without the piece every single entry is answered as before, and all together are not."""
    try:
        with trial.changed(without(trial.cell, function, piece)) as answer:
            alone = all(same(answer(case).values, values) for case, values in batch.singles)
            return alone and not same(answer(batch.several).values, batch.answer)
    except (ValueError, SyntaxError, RecursionError, TypeError):
        return False


def _short(text: str) -> str:
    """A piece's text, or "" where it is too long to be told."""
    return text if len(text) <= LETTERS and text.isprintable() else ""
