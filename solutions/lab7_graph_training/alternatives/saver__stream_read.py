"""Reads by a stream and collects faults; the Saver keeps a table of steps."""

import re
from io import BytesIO
from math import prod


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
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def read_safetensors(data):
    stream = BytesIO(data)
    prefix = stream.read(8)
    size = int.from_bytes(prefix, "little")
    if len(prefix) < 8 or size > len(data) - 8:
        raise GraphError("The file ends before its header does.")
    try:
        header = dict(json.loads(stream.read(size).decode("utf-8")).items())
    except (ValueError, AttributeError) as error:
        raise GraphError("The header cannot be understood.") from error
    header.pop("__metadata__", None)
    rest, spans, arrays = stream.read(), [(0, 0)], {}
    for name, entry in header.items():
        if not well_formed(entry):
            raise GraphError(f"{name} is not described as a tensor should be.")
        known = [np.dtype(plain) for plain, code in CODES.items() if code == entry["dtype"]]
        if not known:
            raise GraphError(f"{name}: {entry['dtype']} is unknown here.")
        begin, end = entry["data_offsets"]
        if prod(entry["shape"]) * known[0].itemsize != end - begin:
            raise GraphError(f"{name} has a shape that does not fit its bytes.")
        spans.append((begin, end))
        piece = rest[begin:end]
        if len(piece) == end - begin:
            arrays[name] = np.frombuffer(piece, known[0].newbyteorder("<")).reshape(entry["shape"]).copy()
    spans = sorted(spans) + [(len(rest), len(rest))]
    if any(one[1] != other[0] for one, other in zip(spans, spans[1:])):
        raise GraphError("The tensors do not cover the bytes exactly once.")
    return arrays


@add_to_class(Saver)
def save(self, variables, step):
    target = self.folder / f"model-{step}.safetensors"
    write_whole(target, safetensors_bytes({name: tensor.node.value for name, tensor in variables.items()}))
    table = {}
    for file in self.folder.iterdir():
        found = re.fullmatch(r"model-(\d+)\.safetensors", file.name)
        if found:
            table[int(found[1])] = file
    while len(table) > self.max_to_keep:
        table.pop(min(table)).unlink()
    write_whole(self.folder / "checkpoint", table[max(table)].name.encode())
    return str(target)


def write_whole(path, data):
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)


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
