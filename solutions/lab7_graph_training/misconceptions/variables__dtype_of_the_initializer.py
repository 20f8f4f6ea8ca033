"""A variable has the dtype that its initializer happens to return, such as float64. It has the dtype that was
asked for."""

def array_of(value, dtype=None, whole="variable"):
    """A copy of `value` in the dtype that a constant or a variable gives it; `whole` is its name, for errors."""
    array = np.array(value)
    if dtype is None and not isinstance(value, np.ndarray | np.generic):
        dtype = {"f": "float32", "i": "int32"}.get(array.dtype.kind)
    if dtype is None:
        return array
    if array.dtype.kind == "f" and np.dtype(dtype).kind in "iu":
        raise GraphError(f"{whole}: {value} is no {dtype}; round it first, or ask for float32.")
    return array.astype(dtype)


def constant(graph, value, dtype=None, name="const"):
    """Add a node whose value never changes; returns its tensor."""
    return graph.apply("Const", value=array_of(value, dtype, graph.scope + name), name=name)


@add_to_class(VariableStore)
@contextmanager
def variable_scope(self, name, reuse=False):
    """Put `name/` before the names of variables and nodes that are made in the with block."""
    self.scopes.append((name, reuse))
    try:
        with self.graph.name_scope(name):
            yield
    finally:
        self.scopes.pop()
    return  # what stands below would run when the block ends


@add_to_class(VariableStore)
def variable(self, value, name="variable", trainable=True):
    """Make a variable of its own; returns its tensor."""
    tensor = self.graph.variable(name, array_of(value))
    if trainable:
        self.trainable.append(tensor)
    return tensor


@add_to_class(VariableStore)
def get_variable(self, name, shape=None, initializer=None, trainable=True, dtype="float32"):
    """Make the variable of this name in the open scopes, or find it where they say reuse; returns its tensor.

    initializer(shape) -> array, the first value
    """
    whole = "".join(f"{scope}/" for scope, _ in self.scopes) + name
    reuse = any(reuse for _, reuse in self.scopes)
    found = self.variables.get(whole)
    if found is None and reuse:
        raise GraphError(f"{whole} is not there yet: make it first, in a scope without reuse=True.")
    if found is None and shape is None:
        raise GraphError(f"{whole} is new: give it a shape.")
    if found is None:
        value = np.asarray((initializer or np.zeros)(tuple(shape)))
        with self.graph.name_scope(""):
            self.variables[whole] = self.variable(value, whole, trainable)
        return self.variables[whole]
    if not reuse:
        raise GraphError(f"{whole} is there already: reuse=True in its scope shares it; or choose another name.")
    if shape is not None and tuple(shape) != found.shape:
        raise GraphError(f"{whole} has shape {list(found.shape)} and was asked for with {list(shape)}.")
    if dtype != found.dtype:
        raise GraphError(f"{whole} is {found.dtype} and was asked for as {dtype}: say dtype={found.dtype!r}.")
    return found
