"""The nodes and their order are right, but whether a node is there already was asked of a list, which is searched from
its start each time: twice the nodes, four times the time. Ask a set."""
# slow

def walk(fetches, fed=()):
    order, begun = [], []
    done = order
    stack = [tensor.node for tensor in fetches if tensor not in fed]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif node in begun:  # all that it waits for has come
            order.append(stack.pop())
        else:
            begun.append(node)
            for other in waits_for(node, fed):
                if other in begun and other not in done:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
                if other not in done:
                    stack.append(other)
    return order
