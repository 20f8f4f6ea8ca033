"""The kernel's size does not count. The first position takes up kernel_size pixels, and only the rest of the side is
left to move in."""


def conv_output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding) // stride + 1
