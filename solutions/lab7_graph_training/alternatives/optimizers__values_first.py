"""All new values of slots and variables are nodes of their own; one block of assignments waits for every one of them."""


class NewValues:
    """Pairs of a new value and the variable that gets it."""

    def __init__(self, optimizer, pairs):
        self.optimizer, self.graph = optimizer, optimizer.graph
        self.pairs = [(g, w) for g, w in pairs if g is not None]
        self.steps = optimizer.number("count")
        self.values = [(self("Shift", self.steps, by=1.0), self.steps)]

    def __call__(self, operator, *inputs, **attributes):
        return self.graph.apply(operator, *inputs, **attributes)

    def keep(self, value, variable):
        self.values.append((value, variable))
        return value

    def running(self, variable, name, value, beta):
        slot = self.optimizer.slot(variable, name)
        return self.keep(self("Add", self("Scale", slot, by=beta), self("Scale", value, by=1 - beta)), slot)

    def go(self, variable, step):
        self.keep(self("Add", variable, self("Neg", step)), variable)

    def step(self):
        with self.graph.control_dependencies([value for value, _ in self.values]):
            done = [self("Assign", value, variable=variable) for value, variable in self.values]
        with self.graph.control_dependencies(done):
            return self("NoOp")


def rate_of(new):
    below = new("Shift", new("Scale", new.steps, by=new.optimizer.decay), by=1.0)
    return new("Scale", new("Reciprocal", below), by=new.optimizer.learning_rate)


@add_to_class(GradientDescent)
def apply_gradients(self, pairs):
    new = NewValues(self, pairs)
    for gradient, variable in new.pairs:
        new.go(variable, new("Mul", rate_of(new), gradient))
    return new.step()


@add_to_class(Momentum)
def apply_gradients(self, pairs):
    new = NewValues(self, pairs)
    for gradient, variable in new.pairs:
        slot = self.slot(variable, "v")
        v = new.keep(new("Add", new("Scale", slot, by=self.momentum), gradient), slot)
        if self.nesterov:
            v = new("Add", new("Scale", v, by=self.momentum), gradient)
        new.go(variable, new("Mul", rate_of(new), v))
    return new.step()


@add_to_class(Adam)
def apply_gradients(self, pairs):
    new = NewValues(self, pairs)
    for gradient, variable in new.pairs:
        m = new.running(variable, "first", gradient, self.beta1)
        v = new.running(variable, "second", new("Square", gradient), self.beta2)
        count = new("Shift", new.steps, by=1.0)
        one, two = (
            new("Shift", new("Scale", new("Exp", new("Scale", count, by=np.log(beta))), by=-1.0), by=1.0)
            for beta in (self.beta1, self.beta2)
        )
        below = new("Shift", new("Sqrt", new("Div", v, two)), by=self.epsilon)
        new.go(variable, new("Scale", new("Div", new("Div", m, one), below), by=self.learning_rate))
    return new.step()


@add_to_class(Adadelta)
def apply_gradients(self, pairs):
    new = NewValues(self, pairs)
    for gradient, variable in new.pairs:
        size = new.running(variable, "g2", new("Square", gradient), self.rho)
        top, below = (
            new("Sqrt", new("Shift", held, by=self.epsilon)) for held in (self.slot(variable, "dx2"), size)
        )
        step = new("Mul", gradient, new("Div", top, below))
        new.running(variable, "dx2", new("Square", step), self.rho)
        new.go(variable, new("Scale", step, by=self.learning_rate))
    return new.step()
