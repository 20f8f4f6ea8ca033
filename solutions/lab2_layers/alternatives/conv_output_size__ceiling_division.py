"""Divides upwards what is left, by negative floor division."""


def conv_output_size(size, kernel_size, stride, padding):
    starts = size + 2 * padding - kernel_size + 1
    return -(-starts // stride)
