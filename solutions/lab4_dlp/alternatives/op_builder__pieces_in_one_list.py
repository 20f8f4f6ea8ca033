"""Every piece is noted in one list, and sorted out at the end."""

def note(self, kind, name, value=None):
    groups = {"output": {"output"}}.get(kind, {"input", "attr"})
    pieces = vars(self).setdefault("pieces", [])
    if any(k in groups and n == name for k, n, _ in pieces):
        raise GraphError(f"operator {self.name}: {kind} {name!r} is defined more than once")
    pieces.append((kind, name, value))
    return self


@add_to_class(OpBuilder)
def input(self, name):
    return note(self, "input", name)


@add_to_class(OpBuilder)
def output(self, name):
    return note(self, "output", name)


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
    return note(self, "attr", name, default)


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    self.shape_function = function
    return self


@add_to_class(OpBuilder)
def finalize(self):
    pieces = vars(self).get("pieces", [])
    inputs, outputs = (tuple(n for k, n, _ in pieces if k == kind) for kind in ("input", "output"))
    if not outputs or not callable(self.shape_function):
        raise GraphError(f"{self.name} is not complete")
    attributes = {n: value for k, n, value in pieces if k == "attr"}
    return OpDef(
        name=self.name, inputs=inputs, outputs=outputs, attributes=attributes, shape_function=self.shape_function
    )
