"""The rows were put from C, H, W order into H, W, C order. They come in H, W, C order: unfold them as (H, W,
C) first."""

def fc_order(weight, shape):
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(C, H, W, -1).transpose(1, 2, 0, 3).reshape(C * H * W, -1)
