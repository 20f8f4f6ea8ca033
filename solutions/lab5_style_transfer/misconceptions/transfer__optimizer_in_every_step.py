"""A new optimizer in every step knows nothing of the steps before: every pixel moves by the full learning rate.
Make it once."""

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
    return goal, AdamOptimizer(lr, photo.shape), get_random_img(photo, noise)


def transfer(net, photo, painting, steps=100, **choices):
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    losses = []
    for _ in range(steps):
        optimizer = AdamOptimizer(optimizer.lr, image.shape)
        image, loss = transfer_step(goal, optimizer, image)
        losses.append(loss)
    return image, np.array(losses)
