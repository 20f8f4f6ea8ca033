"""A generator takes the steps; the losses are collected by a comprehension."""


def begin_transfer(net, photo, painting, *, alpha=1, beta=500, lr=1.0, noise=0.5, content_layers=CONTENT_LAYERS, style_layers=STYLE_LAYERS):
    goal = Goal(
        net=net,
        content=net.forward(photo, list(content_layers)),
        style=net.forward(painting, list(style_layers)),
        alpha=alpha,
        beta=beta,
    )
    image = get_random_img(photo, noise)
    return goal, AdamOptimizer(lr=lr, diff_shape=image.shape), image


def all_steps(goal, optimizer, image, steps):
    for _ in range(steps):
        image, losses = transfer_step(goal, optimizer, image)
        yield image, losses


def transfer(net, photo, painting, steps=100, **choices):
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    course = list(all_steps(goal, optimizer, image, steps))
    image = course[-1][0] if course else image
    return image, np.array([losses for _, losses in course]).reshape(steps, 3)
