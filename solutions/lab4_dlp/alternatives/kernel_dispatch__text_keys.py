"""Texts such as "Conv@dlp" as keys, split apart again for the message."""


@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    key = f"{operator}@{device_type}"
    if key in self.kernels:
        raise GraphError(f"{operator} has a kernel on {device_type} already")

    def decorator(cls):
        self.kernels[key] = cls
        return cls

    return decorator


@add_to_class(KernelRegistry)
def find(self, node):
    operator = node.op.name
    device_type = node.device.split(":")[0]
    try:
        return self.kernels[f"{operator}@{device_type}"]
    except KeyError:
        have = [key.split("@")[1] for key in self.kernels if key.split("@")[0] == operator]
        raise GraphError(f"node {node.name}: {operator} has no kernel on {node.device}, only on {have}") from None
