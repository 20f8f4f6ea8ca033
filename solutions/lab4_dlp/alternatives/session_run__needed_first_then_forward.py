"""First backwards, to find what is needed; then whatever has all its inputs, until all is done. No recursion."""

@add_to_class(Session)
def run(self, fetches, feeds):
    values = dict(feeds)
    needed, look = [], [tensor for tensor in fetches if tensor not in values]
    while look:
        node = look.pop().node
        if node in needed:
            continue
        if node.is_placeholder:
            raise GraphError(f"feed {node.name}: something needs it")
        needed.append(node)
        look += [source for source in node.inputs if source not in values]
    while needed:
        ready = [node for node in needed if all(source in values for source in node.inputs)]
        if not ready:
            raise GraphError("stuck, these wait for each other: " + ", ".join(node.name for node in needed))
        for node in ready:
            results = [node.value] if node.is_variable else self.launch(node, [values[t] for t in node.inputs])
            values = dict(zip(node.outputs, results)) | values
            needed.remove(node)
    return [values[tensor] for tensor in fetches]
