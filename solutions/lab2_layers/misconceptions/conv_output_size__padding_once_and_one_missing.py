"""Two mistakes at once: the padding counts at one end only, and the first position, before any step, was not
counted."""


def conv_output_size(size, kernel_size, stride, padding):
    return (size + padding - kernel_size) // stride
