"""Division in floats, rounded down and turned into an integer."""

def conv_output_size(size, kernel_size, stride, padding):
    return int(np.floor((size + padding * 2 - kernel_size) / stride)) + 1
