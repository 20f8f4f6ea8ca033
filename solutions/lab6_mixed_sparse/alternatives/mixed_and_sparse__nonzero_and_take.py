"""Flat copies, np.take and np.put."""


def compact(weight, mask):
    places = np.nonzero(mask.ravel())[0].astype(np.int32)
    master = np.take(weight, places).astype(np.float32)
    return dict(places=places, master=master, half=np.float16(master))


def spread(packed, shape):
    flat = np.zeros(int(np.prod(shape)), dtype=np.float16)
    np.put(flat, packed["places"], packed["half"])
    return flat.reshape(shape)


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if np.isinf(gradient).any() or np.isnan(gradient).any():
        return packed, velocity
    g = np.true_divide(gradient, scale, dtype=np.float32)
    new_velocity = np.add(momentum * velocity, g)
    new_master = packed["master"] - lr * np.take(new_velocity, packed["places"])
    return dict(packed, master=new_master, half=new_master.astype(np.float16)), new_velocity
