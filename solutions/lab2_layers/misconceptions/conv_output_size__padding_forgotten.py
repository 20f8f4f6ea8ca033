"""The padding does not count. It makes the side longer, by its own length at each end."""


def conv_output_size(size, kernel_size, stride, padding):
    return (size - kernel_size) // stride + 1
