"""A dataclass for the bytes of one number of each kind."""

from dataclasses import asdict, dataclass


@dataclass
class Bytes:
    weights: int
    masters: int
    gradients: int
    momenta: int
    activations: int


def memory(sizes, batch, mixed):
    learned, kept = map(sum, zip(*sizes.values())) if sizes else (0, 0)
    one = Bytes(2, 4, 2, 4, 2) if mixed else Bytes(4, 0, 4, 4, 4)
    count = dict.fromkeys(asdict(one), learned) | {"activations": kept * batch}
    return {kind: size * count[kind] for kind, size in asdict(one).items()}
