"""The result is one too small: you counted the steps. The window also stands at its first position before
any step."""

def conv_output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size) // stride
