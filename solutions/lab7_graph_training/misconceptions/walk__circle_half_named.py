"""A circle was refused, but only one of its nodes was named. Whoever has to cut it open needs all of them."""

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
            for other in waits_for(node, fed):
                if other in begun and other not in done:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"{other.name} waits for itself.")
                if other not in done:
                    stack.append(other)
    return order
