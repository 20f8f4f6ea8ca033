"""A list of everything, searched from the front."""

import re


@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    entries = vars(self).setdefault("entries", [])
    if any(entry[:2] == (operator, device_type) for entry in entries):
        raise GraphError("duplicate kernel: " + operator + "/" + device_type)
    return lambda cls: entries.append((operator, device_type, cls)) or cls


@add_to_class(KernelRegistry)
def find(self, node):
    fitting = [entry for entry in vars(self).get("entries", []) if entry[0] == node.op.name]
    kind = re.match("[^:]*", node.device).group()
    for _, device_type, cls in fitting:
        if device_type == kind:
            return cls
    raise GraphError(f"no {node.op.name} for {node.device}; have {[entry[1] for entry in fitting]}")
