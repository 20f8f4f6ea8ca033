"""Nothing is refused before finalize, which looks at everything at once."""

from collections import Counter


@add_to_class(OpBuilder)
def input(self, name):
    self.inputs += [name]
    return self


@add_to_class(OpBuilder)
def output(self, name):
    self.outputs += [name]
    return self


@add_to_class(OpBuilder)
def attr(self, name, *default):
    pairs = list(self.attributes) if isinstance(self.attributes, dict) else self.attributes
    self.attributes = [*pairs, (name, default[0] if default else REQUIRED)]
    return self


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    self.shape_function = function
    return self


@add_to_class(OpBuilder)
def finalize(self):
    pairs = list(self.attributes)
    for names in (self.inputs + [name for name, _ in pairs], self.outputs):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise GraphError(f"{self.name}: {', '.join(twice)} more than once")
    if not self.outputs:
        raise GraphError(f"{self.name}: no output")
    if self.shape_function is None:
        raise GraphError(f"{self.name}: no shape function")
    return OpDef(
        name=self.name,
        inputs=(*self.inputs,),
        outputs=(*self.outputs,),
        attributes={name: value for name, value in pairs},
        shape_function=self.shape_function,
    )
