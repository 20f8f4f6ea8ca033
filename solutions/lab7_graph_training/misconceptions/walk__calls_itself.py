"""The function calls itself for each node in a row, and Python allows that a thousand times. Keep the nodes that wait
in a list of your own.

Where to look: the message is a RecursionError, and it comes only from the long chain. Short graphs are planned
rightly, so the order is not at fault.

The idea: each call that has not returned yet remembers one node, and which of those that it waits for is next.
Python keeps these calls on a stack, whose height it limits so that a function that never ends does not eat the
memory. A list has no such limit, and does the same: what was put on last is looked at first.

The line to mend: the one where the function calls itself. Instead put the other node onto a list, and let a loop
take the last node of that list each time. A node is finished when it is seen there for the second time, since all
that it waits for has been taken off above it by then."""

def walk(fetches, fed=()):
    order, state = [], {}

    def visit(node):
        if state.get(node) == "done":
            return
        if state.get(node) == "begun":
            circle = [each for each in state if state[each] == "begun"]
            circle = circle[circle.index(node) :]
            raise GraphError(f"These nodes wait for one another: {', '.join(each.name for each in circle)}.")
        state[node] = "begun"
        for other in waits_for(node, fed):
            visit(other)
        state[node] = "done"
        order.append(node)

    for tensor in fetches:
        if tensor not in fed:
            visit(tensor.node)
    return order
