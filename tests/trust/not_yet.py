"""Attempts that still gain something, and what is missing to stop them."""

from __future__ import annotations

_MEASURED_INSIDE = "the ask counts in the student's process"

NOT_YET: dict[str, str] = dict.fromkeys(
    (
        *("forged_flips", "forged_noise", "unseen_overwrite", "flag_of_halves", "written_counter"),
        *("closure_answers", "unrecorded_layers", "own_step", "lying_flags", "forged_unchanged"),
    ),
    _MEASURED_INSIDE,
)
