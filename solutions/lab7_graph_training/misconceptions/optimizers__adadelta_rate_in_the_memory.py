"""Adadelta remembered its steps with the learning rate in them, so that the rate counted again at every later step.
Keep the square of the step without the rate, then multiply by it.
"""


@add_to_class(Optimizer)
def rate(self):
    slower = self.graph.apply("Shift", self.graph.apply("Scale", self.number("steps"), by=self.decay), by=1.0)
    return self.graph.apply("Scale", self.graph.apply("Reciprocal", slower), by=self.learning_rate)


@add_to_class(Optimizer)
def together(self, pairs, change):
    pairs = [(gradient, variable) for gradient, variable in pairs if gradient is not None]
    with self.graph.control_dependencies([gradient for gradient, _ in pairs]):
        steps = [self.graph.apply("AssignSub", change(*pair), variable=pair[1]) for pair in pairs]
    with self.graph.control_dependencies(steps):
        one = self.graph.apply("Const", value=np.float32(1))
        return self.graph.apply("AssignAdd", one, variable=self.number("steps"))


@add_to_class(GradientDescent)
def apply_gradients(self, pairs):
    return self.together(pairs, lambda gradient, _: self.graph.apply("Mul", self.rate(), gradient))


@add_to_class(Momentum)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def change(gradient, variable):
        velocity = self.slot(variable, "velocity")
        kept = apply("Scale", velocity, by=self.momentum)
        moved = apply("Assign", apply("Add", kept, gradient), variable=velocity)
        if self.nesterov:
            moved = apply("Add", gradient, apply("Scale", moved, by=self.momentum))
        return apply("Mul", self.rate(), moved)

    return self.together(pairs, change)


@add_to_class(Adam)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def mean(variable, name, value, beta):
        """The running mean, with the new value in it, and corrected."""
        slot = self.slot(variable, name)
        both = apply("Add", apply("Scale", slot, by=beta), apply("Scale", value, by=1 - beta))
        faded = apply("Exp", apply("Scale", apply("Shift", self.number("steps"), by=1.0), by=np.log(beta)))
        return apply("Div", apply("Assign", both, variable=slot), apply("Shift", apply("Neg", faded), by=1.0))

    def change(gradient, variable):
        m = mean(variable, "m", gradient, self.beta1)
        v = mean(variable, "v", apply("Square", gradient), self.beta2)
        return apply("Scale", apply("Div", m, apply("Shift", apply("Sqrt", v), by=self.epsilon)), by=self.learning_rate)

    return self.together(pairs, change)


@add_to_class(Adadelta)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def rms(mean):
        return apply("Sqrt", apply("Shift", mean, by=self.epsilon))

    def with_square(mean, value):
        """The running mean with the square of a new value in it."""
        new = apply("Scale", apply("Square", value), by=1 - self.rho)
        return apply("Assign", apply("Add", apply("Scale", mean, by=self.rho), new), variable=mean)

    def change(gradient, variable):
        squares, steps = self.slot(variable, "squares"), self.slot(variable, "steps")
        size = apply("Div", rms(steps), rms(with_square(squares, gradient)))
        step = apply("Mul", size, gradient)
        with self.graph.control_dependencies([with_square(steps, apply("Scale", step, by=self.learning_rate))]):
            return apply("Scale", step, by=self.learning_rate)

    return self.together(pairs, change)
