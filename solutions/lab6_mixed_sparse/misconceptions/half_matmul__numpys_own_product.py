"""The product of two float16 matrices is right, but NumPy computes it entry by entry, without this processor's
fast units for float32."""

# slow
def half_matmul(a, b):
    return a @ b
