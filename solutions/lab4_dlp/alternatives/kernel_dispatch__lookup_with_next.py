"""The first entry that fits, by next() over the dict's items."""


@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    key = operator, device_type

    def add(kernel):
        self.kernels.update({key: kernel})
        return kernel

    if next((True for k in self.kernels if k == key), False):
        raise GraphError("kernel for {} on {} is there already".format(*key))
    return add


@add_to_class(KernelRegistry)
def find(self, node):
    wanted = node.op.name, node.device.rsplit(":", 1)[0]
    found = next((kernel for key, kernel in self.kernels.items() if key == wanted), None)
    if found is not None:
        return found
    have = sorted(kind for name, kind in self.kernels if name == wanted[0])
    raise GraphError(f"{node.name} needs {wanted[0]} on {node.device}; kernels are for: {have}")
