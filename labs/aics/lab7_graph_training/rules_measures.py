"""Lab 7: what is compared of a gradient rule's answer."""

from __future__ import annotations

from aics.check.returned import Returned

#: Name of each output -> what is compared.
Outputs = dict[str, object]


def op_gradients(returned: Returned, *, operator: str, **_: object) -> Outputs:
    """Whether a tuple came back, how many entries it has, and their values in both runs; for labels, whether None."""
    found: Outputs = {"tuple": returned.words("kind") == ["tuple"]}
    if not found["tuple"]:
        return found
    found["entries"] = returned.shaped("entries").item()
    values = returned.beside("kind", "entries")
    if operator == "SoftmaxCrossEntropy":
        of_labels = [name for name in values if name.startswith("gradient of labels")]
        found["None for labels"] = not of_labels
        values = {name: value for name, value in values.items() if name not in of_labels}
    return found | values
