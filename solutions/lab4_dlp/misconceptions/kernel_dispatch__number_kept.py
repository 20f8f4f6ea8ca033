"""No kernel was found for a device such as dlp:0, since kernels are registered for dlp. Cut off the number and
its colon."""

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
    operator, device_type = node.op.name, node.device
    if (operator, device_type) not in self.kernels:
        places = sorted(place for name, place in self.kernels if name == operator)
        there_are = f"There are kernels for {', '.join(places)}." if places else "There is none for any other device."
        raise GraphError(f"{node.name}: no kernel for {operator} on {node.device}. {there_are}")
    return self.kernels[operator, device_type]
