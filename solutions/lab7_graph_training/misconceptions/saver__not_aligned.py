"""The header is not filled up with spaces to a multiple of 8 bytes, so the numbers begin anywhere. Add as many as are
missing to the next multiple."""

def safetensors_bytes(arrays):
    header, parts, begin = {}, [], 0
    for name, array in arrays.items():
        array = np.asarray(array)
        part = array.astype(array.dtype.newbyteorder("<")).tobytes()
        entry = {"dtype": CODES[array.dtype.name], "shape": list(array.shape)}
        header[name] = entry | {"data_offsets": [begin, begin + len(part)]}
        parts.append(part)
        begin += len(part)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def read_safetensors(data):
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise GraphError(f"cut off: the header should have {length} bytes, the whole file has {len(data)}.")
    try:
        header = json.loads(data[8 : 8 + length])
    except ValueError:
        raise GraphError("the header is no JSON.") from None
    if not isinstance(header, dict):
        raise GraphError(f"the header is a {type(header).__name__}, not an object of names.")
    body, arrays, covered = data[8 + length :], {}, 0
    dtypes = {code: np.dtype(name).newbyteorder("<") for name, code in CODES.items()}
    entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
    for name, entry in entries.items():
        if not well_formed(entry):
            raise GraphError(f"{name}: {entry} is no dtype, shape and two offsets.")
    for name, entry in sorted(entries.items(), key=lambda pair: pair[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        if entry["dtype"] not in dtypes:
            raise GraphError(f"{name} has the dtype {entry['dtype']}, which NumPy does not have.")
        dtype = dtypes[entry["dtype"]]
        if end - begin != int(np.prod(entry["shape"], dtype=int)) * dtype.itemsize:
            raise GraphError(f"{name}: {end - begin} bytes do not fit {entry['dtype']} of shape {entry['shape']}.")
        if begin != covered or end > len(body):
            raise GraphError(f"{name} is said to be at {begin} to {end}: cut off, or a gap, or an overlap.")
        arrays[name] = np.frombuffer(body[begin:end], dtype).reshape(entry["shape"])
        covered = end
    if covered != len(body):
        raise GraphError(f"{len(body) - covered} bytes behind the last tensor belong to nobody.")
    return arrays


@add_to_class(Saver)
def save(self, variables, step):
    path = self.folder / f"model-{step}.safetensors"
    put_in_place(path, safetensors_bytes({name: tensor.node.value for name, tensor in variables.items()}))
    steps = [file.stem.removeprefix("model-") for file in self.folder.glob("model-*.safetensors")]
    steps = sorted(int(each) for each in steps if each.isdigit())
    put_in_place(self.folder / "checkpoint", f"model-{steps[-1]}.safetensors\n".encode())
    for old in steps[: -self.max_to_keep]:
        (self.folder / f"model-{old}.safetensors").unlink()
    return path


@add_to_class(Saver)
def restore(self, path, variables):
    path = Path(path)
    try:
        arrays = read_safetensors(path.read_bytes())
    except GraphError as damage:
        raise GraphError(f"{path.name} cannot be read: {damage}") from None
    for name, tensor in variables.items():
        if name not in arrays:
            raise GraphError(f"{path.name} has no {name}; it has: {', '.join(arrays)}.")
        array = arrays[name]
        if (array.shape, array.dtype) != (tensor.shape, np.dtype(tensor.dtype)):
            got = f"{array.dtype} {list(array.shape)}"
            raise GraphError(f"{path.name}: {name} is {got} there, and {tensor.dtype} {list(tensor.shape)} here.")
    for name, tensor in variables.items():
        tensor.node.load(arrays[name])
    return


def put_in_place(path, data):
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)
