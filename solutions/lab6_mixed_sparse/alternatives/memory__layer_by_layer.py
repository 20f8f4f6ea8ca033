"""Layer by layer."""

def memory(sizes, batch, mixed):
    whole, short = np.dtype(np.float32).itemsize, np.dtype(np.float16 if mixed else np.float32).itemsize
    held = dict.fromkeys(("weights", "masters", "gradients", "momenta", "activations"), 0)
    for learned, numbers in sizes.values():
        held["weights"] += short * learned
        held["gradients"] += short * learned
        held["momenta"] += whole * learned
        held["masters"] += whole * learned * mixed
        held["activations"] += short * numbers * batch
    return held
