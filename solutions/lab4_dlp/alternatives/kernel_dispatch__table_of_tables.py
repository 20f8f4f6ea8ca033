"""A dict for each operator, from device type to kernel."""

@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    def decorate(cls):
        table = self.kernels.setdefault(operator, {})
        if device_type in table:
            raise GraphError(f"{operator} on {device_type} is registered twice: {table[device_type]} and {cls}")
        table[device_type] = cls
        return cls

    return decorate


@add_to_class(KernelRegistry)
def find(self, node):
    table = self.kernels.get(node.op.name, {})
    try:
        return table[node.device.split(":")[0]]
    except KeyError:
        there = ", ".join(table) or "nothing"
        raise GraphError(f"{node.op.name} cannot run on {node.device}, only on: {there}") from None
