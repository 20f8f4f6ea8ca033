"""lr does not reach the optimizer: every run has a learning rate of 1."""

def begin_transfer(
    net,
    photo,
    painting,
    *,
    alpha=1,
    beta=500,
    lr=1.0,
    noise=0.5,
    content_layers=CONTENT_LAYERS,
    style_layers=STYLE_LAYERS,
):
    content = net.forward(photo, content_layers)
    style = net.forward(painting, style_layers)
    goal = Goal(net, content, style, alpha, beta)
    return goal, AdamOptimizer(1.0, photo.shape), get_random_img(photo, noise)


def transfer(net, photo, painting, steps=100, **choices):
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    losses = []
    for _ in range(steps):
        image, loss = transfer_step(goal, optimizer, image)
        losses.append(loss)
    return image, np.array(losses)
