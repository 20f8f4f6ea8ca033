"""A set of the taken names beside the lists, and keywords for the OpDef out of a dict."""


def _claim(builder, names, name):
    if name in names:
        raise GraphError("%s has two of the name %s" % (builder.name, name))


@add_to_class(OpBuilder)
def input(self, name):
    _claim(self, {*self.inputs, *self.attributes}, name)
    self.inputs += [name]
    return self


@add_to_class(OpBuilder)
def output(self, name):
    _claim(self, set(self.outputs), name)
    self.outputs += [name]
    return self


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
    _claim(self, {*self.inputs, *self.attributes}, name)
    self.attributes.update({name: default})
    return self


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    setattr(self, "shape_function", function)
    return self


@add_to_class(OpBuilder)
def finalize(self):
    if self.shape_function is None:
        raise GraphError(f"operator {self.name}: call set_shape_fn for a shape function first")
    if len(self.outputs) == 0:
        raise GraphError(f"operator {self.name}: needs at least one output")
    parts = {key: tuple(getattr(self, key)) for key in ("inputs", "outputs")}
    return OpDef(name=self.name, attributes={**self.attributes}, shape_function=self.shape_function, **parts)
