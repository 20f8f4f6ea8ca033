"""No row has moved: unfolded and folded again in the same order, a weight stays what it was. The axes must be
reordered in between."""

def fc_order(weight, shape):
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(C, H, W, -1).reshape(C * H * W, -1)
