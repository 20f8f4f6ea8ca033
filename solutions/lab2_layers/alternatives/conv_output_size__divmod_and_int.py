"""Quotient and rest by divmod; the rest is dropped."""


def conv_output_size(size, kernel_size, stride, padding):
    steps, _ = divmod(size - kernel_size + padding * 2, stride)
    return int(steps) + 1
