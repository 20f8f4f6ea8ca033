"""The weight came out as (out, in), as PyTorch's Linear has it. Its rows change their order here, not the
layout."""

def fc_order(weight, shape):
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(H, W, C, -1).transpose(2, 0, 1, 3).reshape(C * H * W, -1).T
