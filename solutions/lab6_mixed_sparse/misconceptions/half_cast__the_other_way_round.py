"""The layers in `stay` are cast to float16, and all others stay. It is the other way round."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        wanted = np.float16 if layer in stay else np.float32
        cast[name] = array.astype(wanted) if array.dtype.kind == "f" else array
    return cast
