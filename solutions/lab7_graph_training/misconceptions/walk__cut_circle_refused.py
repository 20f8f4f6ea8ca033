"""A circle was refused that a feed cuts open, or that nobody needs. What is fed waits for nothing."""

def walk(fetches, fed=()):
    for tensor in fetches:
        above, queue = set(), [tensor.node]
        for node in queue:
            for other in waits_for(node):
                if other is tensor.node or (other in above and node in queue[: queue.index(other)]):
                    raise GraphError(f"These nodes wait for one another: {', '.join(each.name for each in queue)}.")
                if other not in above:
                    above.add(other)
                    queue.append(other)
        for node in queue[:50]:
            seen, todo = set(), waits_for(node)
            while todo and len(queue) < 50:
                other = todo.pop()
                if other is node:
                    raise GraphError(f"These nodes wait for one another: {', '.join(each.name for each in queue)}.")
                if other not in seen:
                    seen.add(other)
                    todo += waits_for(other)
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
                if other in begun and other not in done and other is not node:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
                if other not in done:
                    stack.append(other)
    return order
