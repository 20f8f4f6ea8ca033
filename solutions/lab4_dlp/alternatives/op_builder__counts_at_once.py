"""Tuples that grow instead of lists, and a copy of the dict of attributes at each step."""


@add_to_class(OpBuilder)
def input(self, name):
    if (list(self.inputs) + list(self.attributes)).count(name):
        raise GraphError(f"{name} is already there in {self.name}")
    self.inputs = (*self.inputs, name)
    return self


@add_to_class(OpBuilder)
def output(self, name):
    if list(self.outputs).count(name):
        raise GraphError(f"output {name} is already there in {self.name}")
    self.outputs = (*self.outputs, name)
    return self


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
    if (list(self.inputs) + list(self.attributes)).count(name):
        raise GraphError(f"{name} is already there in {self.name}")
    self.attributes = self.attributes | {name: default}
    return self


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    self.shape_function = function
    return self


@add_to_class(OpBuilder)
def finalize(self):
    if not self.shape_function:
        raise GraphError(f"{self.name}: shape function missing")
    if not self.outputs:
        raise GraphError(f"{self.name}: output missing")
    return OpDef(
        name=self.name,
        inputs=tuple(self.inputs),
        outputs=tuple(self.outputs),
        attributes=self.attributes.copy(),
        shape_function=self.shape_function,
    )
