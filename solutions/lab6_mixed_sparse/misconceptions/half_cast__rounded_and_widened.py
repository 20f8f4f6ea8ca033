"""The values are rounded to float16 and then made float32 again. They are as coarse as float16 and as large as
before."""

def half_cast(tensors, stay):
    cast = {}
    for name, array in tensors.items():
        layer = name.split("/")[0]
        if array.dtype.kind != "f":
            cast[name] = array
        elif layer in stay:
            cast[name] = array.astype(np.float32)
        else:
            cast[name] = array.astype(np.float16).astype(np.float32)
    return cast
