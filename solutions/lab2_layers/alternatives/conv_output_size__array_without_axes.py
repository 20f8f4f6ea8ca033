"""A whole number in an array without axes, as NumPy takes it for a size."""

def conv_output_size(size, kernel_size, stride, padding):
    return np.array((size + 2 * padding - kernel_size) // stride + 1)
