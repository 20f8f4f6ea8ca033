"""The image that the optimizer returned is not used: the old one is returned again."""

def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.content, *goal.style])
    content_losses, style_losses, diff = [], [], np.zeros_like(image)
    for name, target in goal.content.items():
        content_losses.append(goal.content_loss.forward(features[name], target))
        dloss = goal.content_loss.backward(features[name], target)
        diff = diff + goal.alpha / len(goal.content) * goal.net.backward(dloss, name)
    for name, target in goal.style.items():
        style_losses.append(goal.style_loss.forward(features[name], target))
        dloss = goal.style_loss.backward(features[name], target)
        diff = diff + goal.beta / len(goal.style) * goal.net.backward(dloss, name)
    content, style = np.mean(content_losses), np.mean(style_losses)
    total = goal.alpha * content + goal.beta * style
    optimizer.update(image, diff)
    return image, (total, content, style)
