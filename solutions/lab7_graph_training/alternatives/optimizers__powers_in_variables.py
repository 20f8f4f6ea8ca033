"""TensorFlow's way: Adam's powers of beta are variables of their own, and its two corrections go into the rate."""


@add_to_class(Optimizer)
def rate(self):
    return self.graph.apply(
        "Div",
        self.graph.apply("Const", value=np.float32(self.learning_rate)),
        self.graph.apply("Shift", self.graph.apply("Scale", self.number("t"), by=self.decay), by=1.0),
    )


@add_to_class(Optimizer)
def together(self, pairs, change, after=()):
    wanted = [gradient for gradient, _ in pairs if gradient is not None]
    with self.graph.control_dependencies(wanted):
        ready = self.graph.apply("NoOp", name="ready")
    steps = []
    with self.graph.control_dependencies([ready]):
        for gradient, variable in pairs:
            if gradient is not None:
                new = self.graph.apply("Sub", variable, change(gradient, variable))
                steps.append(self.graph.apply("Assign", new, variable=variable))
    with self.graph.control_dependencies(steps):
        one = self.graph.apply("Const", value=np.ones((), np.float32))
        last = [self.graph.apply("AssignAdd", one, variable=self.number("t"))]
        last += [self.graph.apply("Assign", value(), variable=variable) for value, variable in after]
    with self.graph.control_dependencies(last):
        return self.graph.apply("NoOp", name="step")


@add_to_class(GradientDescent)
def apply_gradients(self, pairs):
    rate = self.rate()
    return self.together(pairs, lambda gradient, variable: self.graph.apply("Mul", rate, gradient))


@add_to_class(Momentum)
def apply_gradients(self, pairs):
    apply, rate = self.graph.apply, self.rate()

    def change(gradient, variable):
        slot = self.slot(variable, "Momentum")
        new = apply("Assign", apply("Add", apply("Scale", slot, by=self.momentum), gradient), variable=slot)
        if not self.nesterov:
            return apply("Mul", rate, new)
        return apply("Add", apply("Mul", rate, gradient), apply("Mul", rate, apply("Scale", new, by=self.momentum)))

    return self.together(pairs, change)


@add_to_class(Adam)
def apply_gradients(self, pairs):
    apply = self.graph.apply
    powers = [self.number(f"beta{number}_power") for number in (1, 2)]
    betas = self.beta1, self.beta2

    def next_power(power, beta):  # 1 - power is kept, so that it can begin at 0
        return apply("Shift", apply("Scale", power, by=beta), by=1 - beta)

    missing = [next_power(power, beta) for power, beta in zip(powers, betas)]
    rate = apply("Scale", apply("Div", apply("Sqrt", missing[1]), missing[0]), by=self.learning_rate)

    def change(gradient, variable):
        slots = [self.slot(variable, name) for name in "mv"]
        news = []
        for slot, value, beta in zip(slots, (gradient, apply("Square", gradient)), betas):
            mixed = apply("Add", apply("Scale", slot, by=beta), apply("Scale", value, by=1 - beta))
            news.append(apply("Assign", mixed, variable=slot))
        below = apply("Add", apply("Sqrt", news[1]), self._spread(apply("Scale", apply("Sqrt", missing[1]), by=self.epsilon), news[1]))
        return apply("Mul", rate, apply("Div", news[0], below))

    after = [(lambda value=value: value, power) for value, power in zip(missing, powers)]
    return self.together(pairs, change, after)


@add_to_class(Optimizer)
def _spread(self, value, like):
    return self.graph.apply("Fill", value, like)


@add_to_class(Adadelta)
def apply_gradients(self, pairs):
    apply = self.graph.apply

    def change(gradient, variable):
        accumulated, updates = self.slot(variable, "accum"), self.slot(variable, "accum_update")
        mixed = apply("Add", apply("Scale", accumulated, by=self.rho), apply("Scale", apply("Square", gradient), by=1 - self.rho))
        new = apply("Assign", mixed, variable=accumulated)
        top = apply("Sqrt", apply("Shift", updates, by=self.epsilon))
        bottom = apply("Reciprocal", apply("Sqrt", apply("Shift", new, by=self.epsilon)))
        update = apply("Mul", apply("Mul", top, bottom), gradient)
        share = apply("Scale", apply("Mul", update, update), by=1 - self.rho)
        kept = apply("Assign", apply("Add", apply("Scale", updates, by=self.rho), share), variable=updates)
        with self.graph.control_dependencies([kept]):
            return apply("Scale", update, by=self.learning_rate)

    return self.together(pairs, change)
