"""None was returned where there is no kernel. The error will come later, far away. Raise a GraphError here."""

@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    if (operator, device_type) in self.kernels:
        raise GraphError(f"There is a kernel for {operator} on {device_type} already.")

    def note(kernel):
        self.kernels[operator, device_type] = kernel
        return kernel

    return note


@add_to_class(KernelRegistry)
def find(self, node):
    operator, device_type = node.op.name, node.device.partition(":")[0]
    return self.kernels.get((operator, device_type))
