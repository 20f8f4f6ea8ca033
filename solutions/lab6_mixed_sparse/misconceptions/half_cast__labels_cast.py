"""Integers are cast too. Labels and indices are not quantities: they stay what they are."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        cast[name] = array.astype(np.float32 if layer in stay else np.float16)
    return cast
