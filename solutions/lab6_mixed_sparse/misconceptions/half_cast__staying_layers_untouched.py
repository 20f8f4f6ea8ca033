"""Layers in `stay` are passed on as they are. A float64 among them should become float32 too."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        cast[name] = array.astype(np.float16) if array.dtype.kind == "f" and layer not in stay else array
    return cast
