"""Both kinds of features out of a dict comprehension, losses as a list."""

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
    goals = [{name: maps.copy() for name, maps in net.forward(image, list(layers)).items()} for image, layers in ((photo, content_layers), (painting, style_layers))]
    return Goal(net, *goals, alpha, beta), AdamOptimizer(lr, photo.shape), get_random_img(photo, noise)


def transfer(net, photo, painting, steps=100, **choices):
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    losses = []
    while len(losses) < steps:
        image, loss = transfer_step(goal, optimizer, image)
        losses += [list(loss)]
    return image, np.asarray(losses)
