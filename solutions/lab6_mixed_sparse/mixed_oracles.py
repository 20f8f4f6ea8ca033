"""Lab 6's right answers on mixed precision, in float64 and from the definition.

Nothing here is shared with the notebook's solution. Where a number is stored in half precision it is rounded by
`half`, which works from the format's definition: 11 significant bits, exponents from -14 to 15.
"""

from __future__ import annotations

import numpy as np

from aics.doubles.changes import OVERWRITTEN

#: Of half precision: the least exponent of a number with all its digits, the digits, the largest number.
LEAST, DIGITS, LARGEST = -14, 11, 65504.0


def half(values):
    """Round to the nearest number of half precision, of two equally near ones to the even; in float64."""
    values = np.asarray(values, np.float64)
    _, exponents = np.frexp(values)
    spacing = np.ldexp(1.0, np.maximum(exponents - 1, LEAST) - (DIGITS - 1))
    with np.errstate(invalid="ignore"):
        rounded = np.rint(values / spacing) * spacing
        return np.where(np.abs(rounded) > LARGEST, np.copysign(np.inf, rounded), rounded)


def named(arrays):
    """Arrays by the names that parameters have."""
    return {"/".join(name.split("_", 1)): array for name, array in arrays.items()}


def half_cast(*, stay, **arrays):
    """Floats rounded to half, those of staying layers to float32, whole numbers as they are."""
    found = {}
    for name, array in named(arrays).items():
        if array.dtype.kind == "i":
            found[name] = array
        elif name.partition("/")[0] in stay:
            found[name] = array.astype(np.float32).astype(np.float64)
        else:
            found[name] = half(array)
    return found | {OVERWRITTEN: np.array(0)}


def half_matmul(*, a, b):
    """Sums in float64, rounded once."""
    return {"product": half(np.einsum("ik,kj->ij", a.astype(np.float64), b.astype(np.float64)))}


def underflow(*, gradient):
    """By the thresholds: half of the least number; the least with all digits; half a step above the largest."""
    size = np.abs(gradient.astype(np.float64))
    least = 2.0 ** (LEAST - DIGITS + 1)
    # Just below 2^-14 a number rounds up to it, and has all its digits.
    full = 2.0**LEAST - least / 2
    return {
        "vanished": (size > 0) & (size <= least / 2),
        "subnormal": (size > least / 2) & (size < full),
        "overflowed": size >= LARGEST + 16,
    }


def master_weights(*, master, gradients, lr):
    """The sum of all steps."""
    last = master.astype(np.float64) - lr * gradients.astype(np.float64).sum(axis=0)
    return {"master": last, "half": half(last), OVERWRITTEN: np.array(0)}


def loss_scaling(*, top_diff, scale, counted=None, **kept):
    """What the network stores in half, over the scale."""
    handed = half(top_diff.astype(np.float64) * scale)
    found = {"calls of net.backward": np.array(1), "top_diff handed to net.backward": handed}
    with np.errstate(invalid="ignore"):
        stored = [half(np.tensordot(x.astype(np.float64), handed, (0, 0))) for x in kept.values()]
    if counted:
        stored = counted("backward", handed).astype(np.float64)
    found |= {name: gradient / scale for name, gradient in zip(named(kept), stored, strict=True)}
    return found | {OVERWRITTEN: np.array(0)}


def dynamic_loss_scaling(*, scale, clean, interval, **rows):
    """Clean steps in a row are counted from the last overflow or doubling."""
    scales, counts, taken = [], [], []
    for step in range(len(next(iter(rows.values())))):
        fine = all(np.isfinite(row[step]).all() for row in rows.values())
        clean = (clean + 1) % interval if fine else 0
        scale = scale / 2 if not fine else scale * 2 if clean == 0 else scale
        scales, counts, taken = [*scales, scale], [*counts, clean], [*taken, fine]
    return {
        "take": np.array(taken),
        "scale": np.array(scales, np.float64),
        "clean": np.array(counts),
        OVERWRITTEN: np.array(0),
    }


# Training: two fully connected layers with a ReLU between them, everything that is stored rounded to half


def softmax(scores):
    """Probabilities of each row."""
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def scored(params, x):
    """What each layer stores on the way up: the hidden numbers before and after the ReLU, the scores."""
    w1, b1, w2, b2 = (params[f"{layer}/{what}"] for layer in ("fc1", "fc2") for what in ("weight", "bias"))
    first = half(half(x) @ half(w1) + half(b1))
    return first, np.maximum(first, 0), half(np.maximum(first, 0) @ half(w2) + half(b2))


#: What float32 may err by, as a share, in the gradient of a loss; it errs by some 2e-7.
DOUBT = 1e-6


def stays_when_rounded(values):
    """Whether no number is so close to the middle of two numbers of half precision that float32 may take the other."""
    return np.array_equal(half(values * (1 - DOUBT)), half(values * (1 + DOUBT)))


def top_of(prob, label, scale):
    """The scaled gradient of the mean loss with respect to the scores, before it is rounded to half."""
    return (prob - np.eye(prob.shape[1])[label]) / len(label) * scale


def passed_back(params, x, label, scale, share=1.0):
    """The loss, and the gradients of the four parameters, as they are after unscaling."""
    first, hidden, scores = scored(params, x)
    with np.errstate(invalid="ignore", divide="ignore"):
        prob = softmax(scores)
        chosen = prob[np.arange(len(x)), label]
        top = half(top_of(prob, label, scale))
        top = half(top * share) if share != 1 else top
        down = np.where(first >= 0, half(top @ half(params["fc2/weight"]).T), 0.0)
        found = {"fc1/weight": half(x).T @ down, "fc1/bias": down.sum(axis=0, keepdims=True)}
        found |= {"fc2/weight": hidden.T @ top, "fc2/bias": top.sum(axis=0, keepdims=True)}
        return -np.log(chosen).mean(), {name: half(slope) / scale for name, slope in found.items()}


def stepped(params, velocity, gradients, lr, momentum=0.9):
    """Momentum and step."""
    velocity = {name: momentum * velocity[name] + gradients[name] for name in params}
    return {name: params[name] - lr * velocity[name] for name in params}, velocity


def in_double(arrays):
    """Arrays in float64, by the names that parameters have; velocities apart."""
    arrays = {name: array.astype(np.float64) for name, array in arrays.items()}
    plain = named({name: array for name, array in arrays.items() if name[:2] != "v_"})
    return plain, named({name[2:]: array for name, array in arrays.items() if name[:2] == "v_"})


def mixed_train_step(*, x, label, lr, scale, clean, gradients, halves, next_scaler, **arrays):
    """One step, or, with a gradient that is not finite, none; recorded answers are not looked at."""
    params, velocity = in_double(arrays)
    loss, slopes = passed_back(params, x.astype(np.float64), label, scale)
    fine = all(np.isfinite(slope).all() for slope in slopes.values())
    new, speeds = stepped(params, velocity, slopes, lr) if fine else (params, velocity)
    clean = clean + 1 if fine else 0
    grown = clean == 200
    found = {
        "fc1/weight handed to net.load": half(params["fc1/weight"]),
        "x handed to net.forward": half(x),
        "loss": np.asarray(loss),
        "scale": np.asarray(scale * (2.0 if grown else 1.0) if fine else scale / 2.0),
        "clean": np.array(0 if grown else clean),
    }
    for name in params:
        found |= {f"velocity {name}": speeds[name], f"master {name}": new[name]}
    return found | {OVERWRITTEN: np.array(0)}


def trained(*, pictures, labels, unseen, answers, steps, batch, lr, scale, share, **arrays):
    """Losses, scales and accuracy of a whole run."""
    params, _ = in_double(arrays)
    x, other = ((p.astype(np.float64) - 33) / 78 for p in (pictures, unseen))
    velocity, clean = {name: np.zeros_like(array) for name, array in params.items()}, 0
    losses, scales = [], []
    for step in range(steps):
        place = np.arange(step * batch, (step + 1) * batch) % len(x)
        loss, slopes = passed_back(params, x[place], labels[place], scale, share)
        losses, scales = [*losses, loss], [*scales, scale]
        if all(np.isfinite(slope).all() for slope in slopes.values()):
            params, velocity = stepped(params, velocity, slopes, lr)
            clean += 1
            if clean == 200:
                scale, clean = scale * 2, 0
        else:
            scale, clean = scale / 2, 0
    right = np.mean(scored(params, other)[2].argmax(axis=1) == answers)
    return np.array(losses), np.array(scales), right


def mixed_training(*, fc1_weight, **case):
    """The first state, every loss and scale, and how well the trained network reads."""
    losses, scales, right = trained(fc1_weight=fc1_weight, **case)
    return {
        "first master fc1/weight": fc1_weight.astype(np.float64),
        "first velocity fc1/weight": np.zeros(fc1_weight.shape),
        "scales": scales,
        "losses": losses,
        "masters of fc1/weight that fit into float16": np.array(0),
        "fraction of unseen digits read right": np.asarray(right),
        OVERWRITTEN: np.array(0),
    }


def memory(*, names, parameters, inputs, batch):
    """Four bytes or two for each number of each kind; float32 needs no copy of its weights."""
    learned, kept = int(parameters.sum()), int(inputs.sum()) * batch
    rows = {"weights": (4, 2), "masters": (0, 4), "gradients": (4, 2), "momenta": (4, 4), "activations": (4, 2)}
    return {
        f"{kind}, {precision}": np.array(size * (kept if kind == "activations" else learned))
        for place, precision in enumerate(("float32", "mixed"))
        for kind, size in ((kind, sizes[place]) for kind, sizes in rows.items())
    }
