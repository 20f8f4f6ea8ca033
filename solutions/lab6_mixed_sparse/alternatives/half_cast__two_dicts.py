"""What stays and what is cast in two dicts, put together in the old order."""


def half_cast(tensors, stay):
    floats = {k: v for k, v in tensors.items() if v.dtype in (np.float16, np.float32, np.float64)}
    with np.errstate(over="ignore"):
        wide = {k: v.astype("f4") for k, v in floats.items() if f"{k}/".split("/")[0] in stay}
        narrow = {k: v.astype("f2") for k, v in floats.items() if k not in wide}
    return {k: {**tensors, **narrow, **wide}[k] for k in tensors}
