"""The master copy is made from the float16 copy, so all digits that float16 cannot hold are lost after each
step.

The array from which the update starts. Take a weight of 1 and a hundred steps, each of which subtracts 0.0001. What
should be left, and what is left if the weight passes through float16 in every step?

Two copies have two tasks. The network computes with the float16 copy, which is small and fast. The master copy
remembers what float16 cannot hold: steps too small to be seen beside the weight, which make a difference only
together. So values flow one way, from the master to the copy. If they flow back, the master is still called float32
and takes as much memory, but holds no more than the copy does, and the next small step is forgotten like the last
one.

Start from the master as it came in, never from its rounded copy. The float16 copy is made last, from the new master,
and nothing in this function reads it.
"""


def update_master(master, gradient, lr):
    half = master.astype(np.float16)
    master = half.astype(np.float32) - lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
