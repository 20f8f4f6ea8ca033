"""The rows came out in C, W, H order. Only the channels move; height stays before width."""

def fc_order(weight, shape):
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(H, W, C, -1).transpose(2, 1, 0, 3).reshape(C * H * W, -1)
