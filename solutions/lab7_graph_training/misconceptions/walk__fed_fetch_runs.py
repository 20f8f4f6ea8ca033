"""A fetch that is fed came all the same. Its value is there already, so nothing has to run for it."""

def walk(fetches, fed=()):
    order, begun, done = [], set(), set()
    stack = [tensor.node for tensor in fetches]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif node in begun:  # all that it waits for has come
            done.add(node)
            order.append(stack.pop())
        else:
            begun.add(node)
            for other in waits_for(node, fed):
                if other in begun and other not in done:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
                if other not in done:
                    stack.append(other)
    return order
