"""A dict comprehension."""

def half_cast(tensors, stay):
    kinds = {True: "float32", False: "float16"}
    return {
        key: value.astype(kinds[key.partition("/")[0] in stay]) if np.issubdtype(value.dtype, np.floating) else value
        for key, value in tensors.items()
    }
