"""Attempts that still gain something, and what is missing to stop them."""

from __future__ import annotations

_MISSING = {
    "the ask counts in the student's process": (
        *("forged_flips", "forged_noise", "unseen_overwrite", "flag_of_halves", "written_counter"),
        *("closure_answers", "unrecorded_layers", "own_step", "lying_flags", "forged_unchanged"),
    ),
    "the list of what may be imported": (
        *("delegated_to_emulator", "delegated_to_kernels", "delegated_to_onnx_reference"),
        *("delegated_to_onnxruntime", "delegated_to_pillow", "import_by_text"),
    ),
    "the seed does not depend on the hand-in": ("sizes_from_feedback", "classes_from_feedback"),
    "pages keep the classes that a hand-in names": ("cover_by_class",),
}
NOT_YET = {name: missing for missing, names in _MISSING.items() for name in names}
