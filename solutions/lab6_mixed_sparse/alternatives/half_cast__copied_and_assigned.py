"""Empty arrays that are filled."""

def half_cast(tensors, stay):
    result = dict(tensors)
    for key in tensors:
        layer, *_ = key.split("/")
        if not np.issubdtype(tensors[key].dtype, np.integer):
            result[key] = np.empty(tensors[key].shape, np.half if layer not in stay else np.single)
            result[key][...] = tensors[key]
    return result
