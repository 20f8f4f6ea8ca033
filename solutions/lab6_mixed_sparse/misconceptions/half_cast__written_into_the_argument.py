"""The dict that was passed in is changed: the caller has lost the exact values. Fill a dict of your own."""

def half_cast(tensors, stay):
    for name, array in tensors.items():
        if array.dtype.kind == "f":
            tensors[name] = array.astype(np.float32 if name.split("/")[0] in stay else np.float16)
    return tensors
