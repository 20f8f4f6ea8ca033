"""A layer that is asked for content and for style has two gradients, and one replaced the other in the dict.
Add them."""

def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.content, *goal.style])
    dlosses, means = {}, []
    for weight, layer, targets in ((goal.alpha, goal.content_loss, goal.content), (goal.beta, goal.style_loss, goal.style)):
        means.append(np.mean([layer.forward(features[name], target) for name, target in targets.items()]))
        for name, target in targets.items():
            dlosses[name] = weight / len(targets) * layer.backward(features[name], target)
    content, style = means
    image = optimizer.update(image, goal.net.backward_all(dlosses))
    return image, (goal.alpha * content + goal.beta * style, content, style)
