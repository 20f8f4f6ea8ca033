"""The window was moved by one at every step. With a longer stride fewer positions fit: divide the way that it can go by
the stride."""


def conv_output_size(size, kernel_size, stride, padding):
    return size + 2 * padding - kernel_size + 1
