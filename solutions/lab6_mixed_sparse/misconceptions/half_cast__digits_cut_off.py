"""Digits that do not fit are cut off, so that all values shrink a little. `astype` rounds to the nearest one."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        if array.dtype.kind != "f":
            cast[name] = array
        elif layer in stay:
            cast[name] = array.astype(np.float32)
        else:
            bits = np.ascontiguousarray(array, np.float32).view(np.uint32) & np.uint32(0xFFFFE000)
            cast[name] = bits.view(np.float32).astype(np.float16)
    return cast
