"""The value is right but it is a float: np.floor rounds down and keeps the type. A size must be an integer
before it can shape an array."""

def conv_output_size(size, kernel_size, stride, padding):
    return np.floor((size + 2 * padding - kernel_size) / stride) + 1
