"""An array for the losses, filled row by row."""

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
    image = get_random_img(photo, noise)
    optimizer = AdamOptimizer(lr, image.shape)
    return Goal(net, content, style, alpha=alpha, beta=beta), optimizer, image


def transfer(net, photo, painting, steps=100, **choices):
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    losses = np.zeros((steps, 3))
    for step in range(steps):
        image, losses[step] = transfer_step(goal, optimizer, image)
    return image, losses
