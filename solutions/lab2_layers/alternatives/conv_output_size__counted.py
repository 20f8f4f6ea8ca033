"""Counts the positions one by one."""

def conv_output_size(size, kernel_size, stride, padding):
    count, start = 0, -padding
    while start + kernel_size <= size + padding:
        count += 1
        start += stride
    return count
