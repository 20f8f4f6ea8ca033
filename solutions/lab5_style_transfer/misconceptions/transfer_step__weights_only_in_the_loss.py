"""alpha and beta weigh the loss, but not its gradient. Then the image follows another loss than the one that is
reported.

The two lines that add to the gradient. Take the same step once with a beta of 0 and once with a very large one. The
loss that you report changes: does the new picture?

The optimizer never sees the loss. All that it gets is a gradient, and it goes down whatever hill this gradient
belongs to. If the total is alpha times the content plus beta times the style, then the gradient of the total is made
in the same way, since a constant factor goes through every derivative. With the factors in the loss alone, the curve
that you plot belongs to one goal and the picture follows another, in which both count alike.

The gradient of each layer is divided by the number of layers of its kind already. The weight of the kind belongs to
the same place, once for the content and once for the style.
"""


def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.content, *goal.style])
    content_losses, style_losses, diff = [], [], np.zeros_like(image)
    for name, target in goal.content.items():
        content_losses.append(goal.content_loss.forward(features[name], target))
        dloss = goal.content_loss.backward(features[name], target)
        diff = diff + 1 / len(goal.content) * goal.net.backward(dloss, name)
    for name, target in goal.style.items():
        style_losses.append(goal.style_loss.forward(features[name], target))
        dloss = goal.style_loss.backward(features[name], target)
        diff = diff + 1 / len(goal.style) * goal.net.backward(dloss, name)
    content, style = np.mean(content_losses), np.mean(style_losses)
    total = goal.alpha * content + goal.beta * style
    image = optimizer.update(image, diff)
    return image, (total, content, style)
