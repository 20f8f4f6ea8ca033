"""An output with the name of an input was refused. Names must differ among inputs and attributes, and among
outputs, but not across the two."""

@add_to_class(OpBuilder)
def input(self, name):
    if name in self.inputs or name in self.attributes:
        raise GraphError(f"{self.name}: the name {name} stands twice.")
    self.inputs.append(name)
    return self


@add_to_class(OpBuilder)
def output(self, name):
    if name in self.outputs or name in self.inputs:
        raise GraphError(f"{self.name}: the output {name} stands twice.")
    self.outputs.append(name)
    return self


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
    if name in self.inputs or name in self.attributes:
        raise GraphError(f"{self.name}: the name {name} stands twice.")
    self.attributes[name] = default
    return self


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    self.shape_function = function
    return self


@add_to_class(OpBuilder)
def finalize(self):
    if self.shape_function is None:
        raise GraphError(f"{self.name} has no shape function.")
    if not self.outputs:
        raise GraphError(f"{self.name} has no output.")
    return OpDef(
        name=self.name,
        inputs=tuple(self.inputs),
        attributes=dict(self.attributes),
        outputs=tuple(self.outputs),
        shape_function=self.shape_function,
    )
