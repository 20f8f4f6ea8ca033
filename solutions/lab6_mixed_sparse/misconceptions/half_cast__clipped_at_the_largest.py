"""What is too large is clipped to 65504. An overflow that looks like an ordinary value is never found: let it be
infinite."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        if array.dtype.kind != "f":
            cast[name] = array
        elif layer in stay:
            cast[name] = array.astype(np.float32)
        else:
            cast[name] = np.clip(array, -65504, 65504).astype(np.float16)
    return cast
