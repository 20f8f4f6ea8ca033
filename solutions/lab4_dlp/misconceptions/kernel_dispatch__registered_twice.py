"""The second kernel for the same operator and device type silently replaced the first. Raise a GraphError that
names both."""

@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    def note(kernel):
        self.kernels[operator, device_type] = kernel
        return kernel

    return note


@add_to_class(KernelRegistry)
def find(self, node):
    operator, device_type = node.op.name, node.device.partition(":")[0]
    if (operator, device_type) not in self.kernels:
        places = sorted(place for name, place in self.kernels if name == operator)
        there_are = f"There are kernels for {', '.join(places)}." if places else "There is none for any other device."
        raise GraphError(f"{node.name}: no kernel for {operator} on {node.device}. {there_are}")
    return self.kernels[operator, device_type]
