"""Where there is no kernel for the device, another device's was returned silently. Somebody will wonder for days
why it is slow: raise a GraphError.

What `find` does when there is no entry for the operator and the device. Give the operator a kernel for `numpy` only,
place the node on `dlp:0`, and look it up. What comes back, and who notices?

Falling back looks kind: the program goes on, and its values are right. But somebody placed this node there on
purpose, because it is faster or because the data lie there, and does not get it. Nothing says so. Days later, after
much measuring, someone reads the code of the framework. A missing kernel is mended in minutes if it is reported where
it happens, at once, and in words that say what is missing.

Take out the search among the kernels of other devices. Where the operator has none for this device type, raise the
GraphError, and say what its reader needs: which operator, which device, and for which types there are kernels.
"""


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
