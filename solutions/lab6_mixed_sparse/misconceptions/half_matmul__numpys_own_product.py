"""The product of two float16 matrices is right, but NumPy computes it number by number, without this processor's fast units for float32."""

# slow
def half_matmul(a, b):
    return a @ b
