"""lab2_layers: ConvolutionalLayer, MaxPoolingLayer, FlattenLayer.

Written by aics.notebook.export from the notebook; change the notebook and export again.
"""

import time
import numpy as np


def img2col(padded, kernel_size, stride):
    """Lay every window out as one column.

    padded : (N, C, H, W)  ->  columns : (N, C * K * K, Ho * Wo)
    """
    N, C, H, W = padded.shape
    Ho = (H - kernel_size) // stride + 1
    Wo = (W - kernel_size) // stride + 1
    columns = np.empty((N, C, kernel_size, kernel_size, Ho, Wo), dtype=padded.dtype)
    for i in range(kernel_size):
        for j in range(kernel_size):
            columns[:, :, i, j] = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride]
    return columns.reshape(N, C * kernel_size * kernel_size, Ho * Wo)


class ConvolutionalLayer:
    """Slide Cout small filters over a picture.

    weight : (Cin, K, K, Cout), bias : (Cout,); type 0 runs the raw loops, type 1 the fast versions
    """

    def __init__(self, kernel_size, channel_in, channel_out, padding, stride, type=0):
        self.kernel_size = kernel_size
        self.channel_in = channel_in
        self.channel_out = channel_out
        self.padding = padding
        self.stride = stride
        self.type = type
        self.forward_time = 0.0
        self.backward_time = 0.0

    def init_param(self, std=0.01):
        """Draw the weight from a normal distribution and set the bias to zero."""
        shape = (self.channel_in, self.kernel_size, self.kernel_size, self.channel_out)
        self.weight = np.random.normal(0, std, shape).astype(np.float32)
        self.bias = np.zeros(self.channel_out, dtype=np.float32)

    def load_param(self, weight, bias):
        """Take weight (Cin, K, K, Cout) and bias (Cout,) from elsewhere."""
        K = self.kernel_size
        assert weight.shape == (self.channel_in, K, K, self.channel_out), weight.shape
        assert bias.shape == (self.channel_out,), bias.shape
        self.weight, self.bias = weight, bias

    def save_param(self):
        """Give weight and bias."""
        return self.weight, self.bias

    def get_gradient(self):
        """Give d_weight and d_bias of the last backward pass."""
        return self.d_weight, self.d_bias

    def update_param(self, lr):
        """Take one step of length `lr` down the gradient."""
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias

    def forward(self, input):
        """Run forward_raw or forward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        output = self.forward_raw(input) if self.type == 0 else self.forward_speedup(input)
        self.forward_time = time.perf_counter() - start
        return output

    def backward(self, top_diff):
        """Run backward_raw or backward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        bottom_diff = self.backward_raw(top_diff) if self.type == 0 else self.backward_speedup(top_diff)
        self.backward_time = time.perf_counter() - start
        return bottom_diff

    def get_forward_time(self):
        """Seconds of the last forward pass."""
        return self.forward_time

    def get_backward_time(self):
        """Seconds of the last backward pass."""
        return self.backward_time

    def forward_raw(self, input):
        """Convolve with four loops: picture, output channel, row, column.

        input : (N, Cin, H, W)  ->  output : (N, Cout, Ho, Wo)
        """
        self.input = input  # backward needs it
        N, C, H, W = input.shape
        K, p, s = self.kernel_size, self.padding, self.stride
        assert self.channel_in == C, f"input has {C} channels, the layer takes {self.channel_in}"
        padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))  # (N, Cin, H + 2p, W + 2p)
        Ho = (H + 2 * p - K) // s + 1
        Wo = (W + 2 * p - K) // s + 1
        output = np.zeros((N, self.channel_out, Ho, Wo), dtype=input.dtype)
        for n in range(N):
            for cout in range(self.channel_out):
                kernel = self.weight[:, :, :, cout].copy()  # its numbers lie Cout apart: gather them once
                for h in range(Ho):
                    for w in range(Wo):
                        window = padded[n, :, h * s : h * s + K, w * s : w * s + K]
                        output[n, cout, h, w] = np.sum(window * kernel) + self.bias[cout]
        return output

    def backward_raw(self, top_diff):
        """Pass the gradient down with four loops; set self.d_weight and self.d_bias.

        top_diff : (N, Cout, Ho, Wo)  ->  bottom_diff : (N, Cin, H, W), the shape of self.input
        d_weight : (Cin, K, K, Cout), d_bias : (Cout,)
        """
        N, Cout, Ho, Wo = top_diff.shape
        H, W = self.input.shape[2:]
        K, p, s = self.kernel_size, self.padding, self.stride
        assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
        padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
        padded_diff = np.zeros_like(padded)  # the gradient of `padded`: borders included
        self.d_weight = np.zeros_like(self.weight)
        self.d_bias = np.zeros_like(self.bias)
        for n in range(N):
            for cout in range(Cout):
                kernel = self.weight[:, :, :, cout].copy()  # its numbers lie Cout apart: gather them once
                d_kernel = np.zeros_like(kernel)
                for h in range(Ho):
                    for w in range(Wo):
                        rows, columns = slice(h * s, h * s + K), slice(w * s, w * s + K)
                        diff = top_diff[n, cout, h, w]
                        d_kernel += diff * padded[n, :, rows, columns]
                        self.d_bias[cout] += diff
                        padded_diff[n, :, rows, columns] += diff * kernel
                self.d_weight[:, :, :, cout] += d_kernel
        return padded_diff[:, :, p : p + H, p : p + W]

    def forward_speedup(self, input):
        """Convolve with one matrix product.

        input : (N, Cin, H, W)  ->  output : (N, Cout, Ho, Wo)
        """
        self.input = input  # backward needs it
        N, C, H, W = input.shape
        K, p, s = self.kernel_size, self.padding, self.stride
        assert self.channel_in == C, f"input has {C} channels, the layer takes {self.channel_in}"
        padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
        Ho = (H + 2 * p - K) // s + 1
        Wo = (W + 2 * p - K) // s + 1
        filters = self.weight.reshape(C * K * K, self.channel_out)
        output = filters.T @ img2col(padded, K, s)  # (N, Cout, Ho * Wo)
        output += self.bias[:, None]
        return output.reshape(N, self.channel_out, Ho, Wo)

    def backward_speedup(self, top_diff):
        """Pass the gradient down with matrix products; set self.d_weight and self.d_bias.

        top_diff : (N, Cout, Ho, Wo)  ->  bottom_diff : (N, Cin, H, W), the shape of self.input
        d_weight : (Cin, K, K, Cout), d_bias : (Cout,)
        """
        N, Cout, Ho, Wo = top_diff.shape
        C, H, W = self.input.shape[1:]
        K, p, s = self.kernel_size, self.padding, self.stride
        assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
        padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
        padded_diff = np.zeros_like(padded)  # the gradient of `padded`: borders included
        columns = np.empty((N, C, K, K, Ho, Wo), dtype=padded.dtype)
        for i in range(K):
            for j in range(K):
                columns[:, :, i, j] = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
        diff = top_diff.reshape(N, Cout, Ho * Wo)
        filters = self.weight.reshape(C * K * K, Cout)

        d_filters = columns.reshape(N, C * K * K, Ho * Wo) @ diff.transpose(0, 2, 1)
        self.d_weight = d_filters.sum(axis=0).reshape(self.weight.shape)
        self.d_bias = diff.sum(axis=(0, 2))

        d_columns = (filters @ diff).reshape(N, C, K, K, Ho, Wo)
        for i in range(K):
            for j in range(K):
                padded_diff[:, :, i : i + Ho * s : s, j : j + Wo * s : s] += d_columns[:, :, i, j]
        return padded_diff[:, :, p : p + H, p : p + W]


class MaxPoolingLayer:
    """Keep the largest number of each K x K window. No padding; leftover rows and columns are dropped.

    type 0 runs the raw loops, type 1 the fast versions
    """

    def __init__(self, kernel_size, stride, type=0):
        self.kernel_size = kernel_size
        self.stride = stride
        self.type = type
        self.forward_time = 0.0
        self.backward_time = 0.0

    def forward(self, input):
        """Run forward_raw or forward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        output = self.forward_raw(input) if self.type == 0 else self.forward_speedup(input)
        self.forward_time = time.perf_counter() - start
        return output

    def backward(self, top_diff):
        """Run backward_raw_book or backward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        bottom_diff = self.backward_raw_book(top_diff) if self.type == 0 else self.backward_speedup(top_diff)
        self.backward_time = time.perf_counter() - start
        return bottom_diff

    def get_forward_time(self):
        """Seconds of the last forward pass."""
        return self.forward_time

    def get_backward_time(self):
        """Seconds of the last backward pass."""
        return self.backward_time

    def forward_raw(self, input):
        """Pool with four loops: picture, channel, row, column.

        input : (N, C, H, W)  ->  output : (N, C, Ho, Wo)
        """
        self.input = input  # backward needs it
        N, C, H, W = input.shape
        K, s = self.kernel_size, self.stride
        Ho = (H - K) // s + 1
        Wo = (W - K) // s + 1
        output = np.zeros((N, C, Ho, Wo), dtype=input.dtype)
        for n in range(N):
            for c in range(C):
                for h in range(Ho):
                    for w in range(Wo):
                        output[n, c, h, w] = input[n, c, h * s : h * s + K, w * s : w * s + K].max()
        return output

    def backward_raw_book(self, top_diff):
        """Send each number of top_diff to the first maximum of its window.

        top_diff : (N, C, Ho, Wo)  ->  bottom_diff : (N, C, H, W), the shape of self.input
        """
        N, C, Ho, Wo = top_diff.shape
        K, s = self.kernel_size, self.stride
        assert self.input.shape[:2] == (N, C), top_diff.shape
        bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
        for n in range(N):
            for c in range(C):
                for h in range(Ho):
                    for w in range(Wo):
                        window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                        i, j = np.unravel_index(window.argmax(), (K, K))
                        bottom_diff[n, c, h * s + i, w * s + j] += top_diff[n, c, h, w]
        return bottom_diff

    def forward_speedup(self, input):
        """Pool without a loop over the picture.

        input : (N, C, H, W)  ->  output : (N, C, Ho, Wo)
        """
        self.input = input  # backward needs it
        H, W = input.shape[2:]
        K, s = self.kernel_size, self.stride
        Ho = (H - K) // s + 1
        Wo = (W - K) // s + 1
        output = input[:, :, : Ho * s : s, : Wo * s : s].copy()
        self.winner = np.zeros(output.shape, dtype=np.uint8 if K * K < 256 else np.int32)
        for tap in range(1, K * K):
            i, j = divmod(tap, K)
            rival = input[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            np.copyto(self.winner, tap, where=rival > output)  # a tie keeps the earlier one
            np.maximum(output, rival, out=output)
        return output

    def backward_speedup(self, top_diff):
        """Send each number of top_diff to the first maximum of its window, without a loop over the picture.

        top_diff : (N, C, Ho, Wo)  ->  bottom_diff : (N, C, H, W), the shape of self.input
        """
        N, C, Ho, Wo = top_diff.shape
        K, s = self.kernel_size, self.stride
        assert self.input.shape[:2] == (N, C), top_diff.shape
        bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
        for tap in range(K * K):
            i, j = divmod(tap, K)
            bottom_diff[:, :, i : i + Ho * s : s, j : j + Wo * s : s] += top_diff * (self.winner == tap)
        return bottom_diff


class FlattenLayer:
    """Reshape a feature map into a vector, in the order in which MatConvNet stores it.

    input_shape, output_shape : shapes without the batch, such as [512, 7, 7] and [25088]
    """

    def __init__(self, input_shape, output_shape):
        self.input_shape = tuple(input_shape)
        self.output_shape = tuple(output_shape)
        assert np.prod(self.input_shape) == np.prod(self.output_shape), (input_shape, output_shape)

    def forward(self, input):
        """Go to N, H, W, C order, then reshape.

        input : (N, C, H, W)  ->  output : (N,) + output_shape
        """
        assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
        return input.transpose(0, 2, 3, 1).reshape((len(input), *self.output_shape))

    def backward(self, top_diff):
        """Undo forward: reshape, then go back to N, C, H, W order.

        top_diff : (N,) + output_shape  ->  bottom_diff : (N, C, H, W)
        """
        assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
        C, H, W = self.input_shape
        return top_diff.reshape(len(top_diff), H, W, C).transpose(0, 3, 1, 2)
