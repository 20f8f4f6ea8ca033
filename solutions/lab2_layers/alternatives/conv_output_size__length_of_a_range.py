"""The length of the range of all starts."""


def conv_output_size(size, kernel_size, stride, padding):
    total = padding + size + padding
    return len(range(0, total - kernel_size + 1, stride))
