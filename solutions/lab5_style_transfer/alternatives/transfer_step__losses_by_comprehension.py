"""Comprehensions for losses and gradients, added up at the end."""


def transfer_step(goal, optimizer, image):
    names = list(dict.fromkeys([*goal.content, *goal.style]))
    features = goal.net.forward(image, names)
    content = sum(goal.content_loss.forward(features[k], v) for k, v in goal.content.items()) / len(goal.content)
    style = sum(goal.style_loss.forward(features[k], v) for k, v in goal.style.items()) / len(goal.style)
    dlosses = {}
    for name in names:
        total = 0
        if name in goal.content:
            total = total + goal.content_loss.backward(features[name], goal.content[name]) * (goal.alpha / len(goal.content))
        if name in goal.style:
            total = total + goal.style_loss.backward(features[name], goal.style[name]) * (goal.beta / len(goal.style))
        dlosses[name] = total
    new_image = optimizer.update(image, goal.net.backward_all(dlosses))
    return new_image, (goal.alpha * content + goal.beta * style, content, style)
