"""With loss layers of its own, and all gradients in one dict."""

def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, sorted({*goal.content, *goal.style}))
    sums, dlosses = [0.0, 0.0], {name: np.zeros_like(maps) for name, maps in features.items()}
    jobs = [(0, goal.alpha, goal.content_loss, goal.content), (1, goal.beta, goal.style_loss, goal.style)]
    for kind, weight, loss_layer, targets in jobs:
        for name in targets:
            sums[kind] += float(loss_layer.forward(features[name], targets[name])) / len(targets)
            dlosses[name] += weight * loss_layer.backward(features[name], targets[name]) / len(targets)
    total = goal.alpha * sums[0] + goal.beta * sums[1]
    return optimizer.update(image, goal.net.backward_all(dlosses)), [total, *sums]
