"""White, grey, black: a node that is met while it is grey closes a circle."""

WHITE, GREY, BLACK = range(3)


@add_to_class(Session)
def run(self, fetches, feeds):
    colour, memory = {}, {}

    def visit(node):
        state = colour.get(node, WHITE)
        if state == GREY:
            raise GraphError(f"circle at {node.name}")
        if state == BLACK:
            return
        colour[node] = GREY
        if node.is_placeholder:
            raise GraphError(f"{node.name} not fed")
        memory[node] = (node.value,) if node.is_variable else self.launch(node, [get(t) for t in node.inputs])
        colour[node] = BLACK

    def get(tensor):
        if tensor in feeds:
            return feeds[tensor]
        visit(tensor.node)
        return memory[tensor.node][tensor.index]

    return list(map(get, fetches))
