"""Every argument by its name, as those write who learned with Keras."""


def transfer_step(goal, optimizer, image):
    features = goal.net.forward(input_image=image, layer_list=[*goal.content, *goal.style])
    dlosses = dict.fromkeys([*goal.content, *goal.style], 0)
    content = style = 0.0
    for name, target in goal.content.items():
        content += goal.content_loss.forward(input_layer=features[name], content_layer=target)
        diff = goal.content_loss.backward(input_layer=features[name], content_layer=target)
        dlosses[name] = dlosses[name] + goal.alpha / len(goal.content) * diff
    for name, target in goal.style.items():
        style += goal.style_loss.forward(input_layer=features[name], style_layer=target)
        diff = goal.style_loss.backward(input_layer=features[name], style_layer=target)
        dlosses[name] = dlosses[name] + goal.beta / len(goal.style) * diff
    content, style = content / len(goal.content), style / len(goal.style)
    image = optimizer.update(input=image, grad=goal.net.backward_all(dlosses=dlosses))
    return image, (goal.alpha * content + goal.beta * style, content, style)
