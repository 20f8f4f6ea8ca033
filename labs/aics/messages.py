"""Every sentence the judge says, in one table, so that another language is another table."""

from __future__ import annotations

MESSAGES = {
    "right": "All {cases} cases are right.",
    "unfilled": "This stub is still waiting for you: {message}",
    "unfilled.next": "Fill the cell above, run it (Shift+Enter), then run this check again.",
    "defined": "{names} is not defined in this notebook.",
    "defined.next": "Run the cells above in order (Run > Run All Above Selected Cell), then this check again.",
    "raises": "Your code raised {type} on a case.",
    "raises.got": "{type}: {message}",
    "raises.expected": "a result, no exception",
    "raises.next": "Line {number} of your cell raised it: {line}",
    "raises.next_unknown": "Call your code on this case by hand to see the whole traceback.",
    "type": "{output} is not an array of numbers.",
    "type.got": "{got}",
    "type.expected": "a NumPy array",
    "type.next": "Return the array itself.",
    "type.next_none": "None came back: is a return missing, or an attribute never set?",
    "missing_output": "{output} was not among what the question returned.",
    "shape": "{output} has the wrong shape.",
    "shape.got": "{got}",
    "shape.expected": "{expected}",
    "shape.next": "Compare the axes one by one: which of them differs, and which size of the input does it follow?",
    "dtype": "{output} has the wrong kind of numbers.",
    "dtype.got": "{got}",
    "dtype.expected.float": "floating point (float32 or float64)",
    "dtype.expected.int": "whole numbers (int)",
    "dtype.next.float": "Allocate the result as floating point, and keep the input's dtype.",
    "dtype.next.int": "Use whole-number division (//) so that a size stays an int.",
    "finite": "{output} holds values that are not finite numbers.",
    "finite.got": "{count} of {size} values are nan or infinite, the first at {index}",
    "finite.expected": "finite numbers only",
    "finite.next": "Look for an exp that overflows, a log of zero or a division by zero.",
    "values": "{output} differs from the expected values in {wrong} of {size} cells.",
    "values.got": "{got:.6g} at {index}",
    "values.expected": "{expected:.6g} (within {allowed:.2g})",
    "values.next": "Work out this one cell by hand: which of the case's numbers should it use, and which did it?",
    "speed.partly": "All values are right; the speed earns a part of the points.",
    "speed.none": "All values are right, but the code is too slow for points.",
    "speed.next": "Find the innermost Python loop and let one NumPy call do its whole work.",
    "against.pace": "a stand-in for the reference, timed here; the grader times the reference itself",
    "against.reference": "the reference solution, timed side by side in the same job",
    "stopped.timeout": "The code did not come back within {seconds:g} s and was stopped.",
    "stopped.died": "The code ended its own process.",
    "stopped.memory": "The code used more memory than the {megabytes:g} MB that it may.",
    "stopped.flood": "The code printed more than the {kilobytes:g} kB that it may.",
    "stopped.garbled": "The code did not let the grader ask: no proper answer came back.",
    "stopped.budget": "The hand-in had used up its whole time before this question was asked.",
    "stopped.next": "Run this question's cells in a fresh kernel and watch what they do.",
    "cell_failed": "Cell {cell} stopped with {error}.",
    "not_here": "Checks are not run while grading; the grader asks for itself.",
}


def say(key: str, **values: object) -> str:
    """The sentence for `key` with its values filled in."""
    return MESSAGES[key].format(**values)
