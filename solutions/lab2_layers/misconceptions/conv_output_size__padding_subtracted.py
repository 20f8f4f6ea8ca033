"""The padding was taken off the side. It is added to it, at both ends."""


def conv_output_size(size, kernel_size, stride, padding):
    return (size + -2 * padding - kernel_size) // stride + 1
