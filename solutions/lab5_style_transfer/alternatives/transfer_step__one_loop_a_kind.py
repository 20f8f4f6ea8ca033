"""The original course's way: each kind summed up, weighed at the end."""

def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, list(goal.content) + list(goal.style))
    content_loss, style_loss = [], []
    content_diff, style_diff = np.zeros(image.shape), np.zeros(image.shape)
    for layer in goal.content:
        content_loss.append(goal.content_loss.forward(features[layer], goal.content[layer]))
        content_diff += goal.net.backward(goal.content_loss.backward(features[layer], goal.content[layer]), layer)
    for layer in goal.style:
        style_loss.append(goal.style_loss.forward(features[layer], goal.style[layer]))
        style_diff += goal.net.backward(goal.style_loss.backward(features[layer], goal.style[layer]), layer)
    total_loss = goal.alpha * np.mean(content_loss) + goal.beta * np.mean(style_loss)
    image_diff = goal.alpha * content_diff / len(goal.content) + goal.beta * style_diff / len(goal.style)
    image = optimizer.update(image, image_diff)
    return image, np.array([total_loss, np.mean(content_loss), np.mean(style_loss)])
