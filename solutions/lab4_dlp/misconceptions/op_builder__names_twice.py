"""A name occurs twice among the inputs and attributes, and nothing was raised. The later one hides the
earlier."""

@add_to_class(OpBuilder)
def input(self, name):
    self.inputs.append(name)
    return self


@add_to_class(OpBuilder)
def output(self, name):
    if name in self.outputs:
        raise GraphError(f"{self.name}: the output {name} stands twice.")
    self.outputs.append(name)
    return self


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
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
