"""The result is a float: in Python 3 a single / always returns one. A number of positions is an integer,
rounded down."""

def conv_output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size) / stride + 1
