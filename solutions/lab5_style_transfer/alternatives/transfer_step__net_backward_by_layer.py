"""Gradients go down through net.backward, layer after layer."""


def transfer_step(goal, optimizer, image):
    net = goal.net
    features = net.forward(image, [*goal.content, *goal.style])
    image_diff = np.zeros_like(image)
    content = style = 0.0
    for name, target in goal.content.items():
        content += goal.content_loss.forward(features[name], target) / len(goal.content)
        diff = goal.content_loss.backward(features[name], target)
        image_diff = image_diff + net.backward(diff * (goal.alpha / len(goal.content)), name)
    for name, target in goal.style.items():
        style += goal.style_loss.forward(features[name], target) / len(goal.style)
        diff = goal.style_loss.backward(features[name], target)
        image_diff = image_diff + net.backward(diff * (goal.beta / len(goal.style)), name)
    return optimizer.update(image, image_diff), (goal.alpha * content + goal.beta * style, content, style)
