"""A node that is fetched twice, or that another fetch needs too, came twice: each fetch was planned by itself. Plan
them together."""

def walk(fetches, fed=()):
    return [node for tensor in fetches for node in plan_one(tensor, fed)]


def plan_one(fetch, fed):
    order, begun, done = [], set(), set()
    stack = [fetch.node] if fetch not in fed else []
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
