"""A set of the layers' names first; one loop over them."""


def half_cast(tensors, stay):
    kinds = {name: ("float32" if name.partition("/")[0] in stay else "float16") for name in tensors}
    result = {}
    for name in tensors:
        array = np.asarray(tensors[name])
        if array.dtype.kind != "f":
            result[name] = array.copy()
            continue
        with np.errstate(over="ignore", under="ignore"):
            result[name] = array.astype(kinds[name])
    return result
