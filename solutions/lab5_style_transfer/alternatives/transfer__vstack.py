"""Rows of losses stacked by np.vstack, a while loop for the steps."""


def begin_transfer(
    net, photo, painting, *, alpha=1, beta=500, lr=1.0, noise=0.5, content_layers=CONTENT_LAYERS, style_layers=STYLE_LAYERS
):
    start = get_random_img(photo, noise)
    targets = [dict(net.forward(*pair)) for pair in ((photo, content_layers), (painting, style_layers))]
    return Goal(net, *targets, alpha=alpha, beta=beta), AdamOptimizer(lr, start.shape), start


def transfer(net, photo, painting, steps=100, **choices):
    goal, adam, current = begin_transfer(net, photo, painting, **choices)
    rows, taken = [np.zeros((0, 3))], 0
    while taken < steps:
        current, three = transfer_step(goal, adam, current)
        rows.append(np.array(three, dtype=float)[None])
        taken += 1
    return current, np.vstack(rows)
