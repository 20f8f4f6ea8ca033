"""The counter moves before anything else and is read from its assignment; means move by a part of the difference."""


def _counted(self):
    return self.graph.apply("AssignAdd", self.graph.apply("Const", value=np.float32(1)), variable=self.number("steps"))


def _moved(graph, slot, value, share):
    return graph.apply("AssignAdd", graph.apply("Scale", graph.apply("Sub", value, slot), by=share), variable=slot)


def _all(self, pairs, change):
    kept = [pair for pair in pairs if pair[0] is not None]
    count = _counted(self)
    with self.graph.control_dependencies([count, *(gradient for gradient, _ in kept)]):
        done = [
            self.graph.apply("AssignSub", change(gradient, variable, count), variable=variable)
            for gradient, variable in kept
        ]
    with self.graph.control_dependencies(done):
        return self.graph.apply("NoOp")


def _rate(self, count):
    slower = self.graph.apply("Shift", self.graph.apply("Scale", count, by=self.decay), by=1 - self.decay)
    return self.graph.apply("Div", self.graph.apply("Const", value=np.float32(self.learning_rate)), slower)


@add_to_class(GradientDescent)
def apply_gradients(self, pairs):
    return _all(self, pairs, lambda gradient, _, count: self.graph.apply("Mul", gradient, _rate(self, count)))


@add_to_class(Momentum)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def change(gradient, variable, count):
        slot = self.slot(variable, "v")
        new = apply(
            "AssignAdd", apply("Sub", gradient, apply("Scale", slot, by=1 - self.momentum)), variable=slot
        )
        step = apply("Add", apply("Scale", new, by=self.momentum), gradient) if self.nesterov else new
        return apply("Mul", step, _rate(self, count))

    return _all(self, pairs, change)


@add_to_class(Adam)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def corrected(mean, beta, count):
        return apply("Div", mean, apply("Shift", apply("Neg", apply("Exp", apply("Scale", count, by=np.log(beta)))), by=1.0))

    def change(gradient, variable, count):
        m = _moved(self.graph, self.slot(variable, "m"), gradient, 1 - self.beta1)
        v = _moved(self.graph, self.slot(variable, "v"), apply("Mul", gradient, gradient), 1 - self.beta2)
        below = apply("Shift", apply("Sqrt", corrected(v, self.beta2, count)), by=self.epsilon)
        return apply("Div", apply("Scale", corrected(m, self.beta1, count), by=self.learning_rate), below)

    return _all(self, pairs, change)


@add_to_class(Adadelta)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def change(gradient, variable, _):
        past, size = self.slot(variable, "past"), self.slot(variable, "size")
        new = _moved(self.graph, size, apply("Square", gradient), 1 - self.rho)
        ratio = apply("Div", apply("Shift", past, by=self.epsilon), apply("Shift", new, by=self.epsilon))
        step = apply("Mul", apply("Sqrt", ratio), gradient)
        kept = _moved(self.graph, past, apply("Square", step), 1 - self.rho)
        with self.graph.control_dependencies([kept]):
            return apply("Scale", step, by=self.learning_rate)

    return _all(self, pairs, change)
