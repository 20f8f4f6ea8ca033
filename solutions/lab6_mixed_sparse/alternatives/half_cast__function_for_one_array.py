"""A nested function casts one array; map over the items."""


def half_cast(tensors, stay):
    def cast(item):
        name, array = item
        if not np.issubdtype(array.dtype, np.floating):
            return name, array
        layer, _, _ = name.partition("/")
        return name, np.array(array, dtype=np.float32 if layer in stay else np.float16)

    with np.errstate(all="ignore"):
        return dict(map(cast, tensors.items()))
