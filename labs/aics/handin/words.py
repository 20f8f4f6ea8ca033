"""What is said about handing in, one table, whole sentences."""

from __future__ import annotations

from aics.language import listed, words

HANDIN_WORDS: dict[str, str] = {
    # the notebook's file
    "no_file": "{path} is not there.",
    "no_notebook": "{file} is not a Jupyter notebook that can be read; save it again in Jupyter.",
    "no_lab": "{file} is no notebook of a lab: it has none of the questions of {labs}.",
    "differs": "The saved file has other text than what was run last in {cells}: run these cells again, save (Ctrl+S, "
    "on a Mac Cmd+S), then run this check.",
    "several": "{names} and {more} more",
    # the file to hand in
    "nothing_to_pack": "No notebook of a lab with an answer in it is in {folder}, or in a folder below it.",
    "which_notebook": "There are several notebooks of {lab}: {files}. Name the one that you hand in.",
    "nothing_answered": "Nothing is filled in yet in {file}.",
    "no_receipt": "There is no receipt: run check() at the notebook's end, or `aics check {file}`, then pack again.",
    "receipt_older": "The receipt of {time} is older than the answers; changed since: {cells}. Run check() at the "
    "notebook's end, or `aics check {file}`, then pack again.",
    "outputs_left_out": "The notebook is larger than {limit} MB, so its outputs were left out. The answers are in.",
    "packed": "Hand in this file: {path} ({size})",
    "packed_names": "In it: {names}. Code of the answers: {code}.",
    # a fresh run
    "cell_leftover": "{cell} worked before and fails in a fresh kernel ({error}): it lived on what an earlier run had "
    "left there.",
    "cell_failed": "{cell} fails ({error}).",
    "cell_slow": "{cell} did not end in time and was interrupted; `--seconds` gives a cell more.",
    "name_below": "{name} is defined further down, in {cell}.",
    "name_nowhere": "No cell defines {name}: the one that did was changed or deleted.",
    "right_no_more": "{question} is right in the saved notebook and not in a fresh kernel.",
    "kernel_died": "The kernel ended while it ran {cell}. Run that cell in a fresh kernel and watch its memory.",
    "cell_exits": "{cell} calls exit() or quit(), which ends the kernel, so nothing below it ran. Take that line out; "
    "`return` leaves a function, and `raise` stops a cell.",
    "no_report": "{file} was run, but the check at its end was not: {error}",
    "running": "cell {number} of {count}: {cell}",
    "fresh": "In a fresh kernel:",
    # the log
    "log_holds": "It holds the time, the question, the verdict, the recognised mistake and the speed; no code and no "
    "name. It stays on this computer and is never sent; `aics pack --log` puts it into what you hand in.",
    "log_off": "Checks are not logged. `aics log on` in a terminal keeps a history of them on this computer.",
    "log_on.one": "1 check is logged in {path}. {holds}",
    "log_on": "{count} checks are logged in {path}. {holds}",
    "log_broken": "Its chain is broken at line {line}: a line there was changed, taken out or cannot be read.",
    "log_is_on": "Checks of the labs are logged while this file is here.",
    "log_turned_on": "From now on checks are logged in {folder}.",
    "log_turned_off": "Checks are no longer logged. What there is stays in {folder} until you delete it.",
    "log_none": "Nothing is logged yet in {folder}.",
    "log_missing": "There is no log of {lab} to hand in. `aics log on` begins one.",
    "log_holds_fast.one": "{file}: 1 check, the chain holds.",
    "log_holds_fast": "{file}: {count} checks, the chain holds.",
    "log_doubt": "{file}: {doubt}",
    "log_cut": "The receipt beside it knows a later line: the log's end was cut off.",
    "log_not_written": "This check could not be logged ({why}).",
    "way_title.one": "{lab}: 1 check, {first}",
    "way_title": "{lab}: {count} checks, {first} to {last}",
    "way_question": "question",
    "way_way": "checks (- not yet, ~ partly, + right)",
    "way_count": "number",
    "way_time": "until right",
    "way_mistakes": "recognised mistakes",
    "way_open": "open",
    "way_at_once": "at once",
    "way_ends": "{first} to {last}. Tall is right, lower is partly or not yet.",
    "way_minutes": "{count} min",
    "way_hours": "{count} h",
    "way_days.one": "1 day",
    "way_days": "{count} days",
    "way_alt.one": "1 check of 1 question. Questions that became right: {right}.",
    "way_alt": "{count} checks in their order. Questions checked: {questions}; right in the end: {right}.",
    # the receipt
    "receipt": "Receipt {code} of {time}: {points}.",
    "receipt_exam": "no points before {until}, since this lab is an exam",
    "receipt_saved": "It is saved beside the notebook as {file}.",
    "receipt_not_saved": "It could not be saved beside the notebook ({why}); this line is all of it.",
    "receipt_unknown": "No receipt: the notebook's file was not found in {folder}. `aics check FILE` makes one.",
    "receipt_about": "Which answers the lab's own check saw, and what it said of them. A reminder, not a proof: "
    "the grader asks for itself.",
}

#: ``say(key, **values)``: the entry for a key of the table, in the language spoken.
say = words(HANDIN_WORDS)


def several(names: list[str], most: int = 4) -> str:
    """Return names in a row, the first few by name and the rest as a number."""
    if len(names) <= most:
        return listed(names)
    return say("several", names=listed(names[:most]), more=len(names) - most)
