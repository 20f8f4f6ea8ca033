"""Names are compared by how they begin, so that "norm10" stays along with "norm1". Cut the name at the "/"."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        wanted = np.float32 if any(name.startswith(layer) for layer in stay) else np.float16
        cast[name] = array.astype(wanted) if array.dtype.kind == "f" else array
    return cast
