"""The optimizer is asked twice, once for the content and once for the style. It takes one step, down the
sum."""

def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.content, *goal.style])
    means = []
    for weight, layer, targets in ((goal.alpha, goal.content_loss, goal.content), (goal.beta, goal.style_loss, goal.style)):
        means.append(np.mean([layer.forward(features[name], target) for name, target in targets.items()]))
        diff = 0
        for name, target in targets.items():
            diff = diff + weight / len(targets) * goal.net.backward(layer.backward(features[name], target), name)
        image = optimizer.update(image, diff)
    content, style = means
    return image, (goal.alpha * content + goal.beta * style, content, style)
