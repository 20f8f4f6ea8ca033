"""One helper for either kind; gradients added layer by layer to one sum by net.backward."""


def one_kind(layer, targets, features, weight):
    losses, gradients = [], {}
    for name in targets:
        losses.append(float(layer.forward(features[name], targets[name])))
        gradients[name] = weight * layer.backward(features[name], targets[name]) / len(targets)
    return sum(losses) / len(losses), gradients


def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.style, *(n for n in goal.content if n not in goal.style)])
    content, d_content = one_kind(goal.content_loss, goal.content, features, goal.alpha)
    style, d_style = one_kind(goal.style_loss, goal.style, features, goal.beta)
    for name, value in d_content.items():
        d_style[name] = d_style[name] + value if name in d_style else value
    image_diff = goal.net.backward_all(d_style)
    total = goal.alpha * content + goal.beta * style
    return optimizer.update(image, image_diff), (total, content, style)
