"""dict.get and a sentinel; the decorator is a small class."""


class Registered:
    def __init__(self, table, key):
        self.table, self.key = table, key

    def __call__(self, kernel):
        self.table[self.key] = kernel
        return kernel


@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    if self.kernels.get((operator, device_type)) is not None:
        raise GraphError("second kernel for " + operator + " on " + device_type)
    return Registered(self.kernels, (operator, device_type))


@add_to_class(KernelRegistry)
def find(self, node):
    kind = node.device[: node.device.index(":")] if ":" in node.device else node.device
    kernel = self.kernels.get((node.op.name, kind))
    if kernel is None:
        others = ", ".join(sorted({d for o, d in self.kernels if o == node.op.name})) or "nothing"
        raise GraphError(f"{node.name}: {node.op.name} on {node.device} is not there; there is {others}")
    return kernel
