"""The kernel of another device was returned: kernels are filed by operator only, and the last one registered
wins."""

@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    def note(kernel):
        self.kernels[operator] = kernel
        return kernel

    return note


@add_to_class(KernelRegistry)
def find(self, node):
    operator, device_type = node.op.name, node.device.partition(":")[0]
    if operator not in self.kernels:
        raise GraphError(f"{node.name}: no kernel for {operator} on {node.device}.")
    return self.kernels[operator]
