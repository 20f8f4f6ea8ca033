"""Train `mini`: VGG19's 44 layers, narrower, on CIFAR-10, stored as the official .mat file is.

    python data/make/mini.py train      # about an hour on 2 cores; needs `aics fetch cifar10`
    python data/make/mini.py accuracy   # of data/mini.mat, on CIFAR-10's 10,000 test pictures

Needs PyTorch; uses a GPU where there is one. Names, kernels, strides and order are those of VGG19
(Simonyan & Zisserman 2015, configuration E); only the widths and the picture's size differ. Pictures of
32x32 are enlarged to 64x64 (bilinear), so that five poolings leave 2x2 positions and the order in which
`flatten` reads them matters, as it does for the 7x7 of the official network.

Batch normalisation (Ioffe & Szegedy 2015) stands behind every layer while training and is folded into
weights and biases afterwards: what is stored is convolution, ReLU, pooling and fully connected layers,
nothing else. The last epoch's weights are kept; the test pictures choose nothing.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import scipy.io
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from aics import data
from aics.data import matfile, vgg19

FILE = Path(__file__).resolve().parents[1] / "mini.mat"
WIDTHS = (16, 32, 64, 128, 128)
WEIGHTED = (*vgg19.CONVOLUTIONS, *vgg19.FULLY_CONNECTED)
FULLY_CONNECTED = (128, 128)
SIZE = 64
MEAN = (125.3, 123.0, 113.9)
STD = (63.0, 62.1, 66.7)


def network():
    """VGG19's layers as one `nn.Sequential`, a batch normalisation behind each layer that has weights but the last."""
    layers, channels = [], 3
    for width, count in zip(WIDTHS, vgg19.BLOCKS, strict=True):
        for _ in range(count):
            layers += [
                nn.Conv2d(channels, width, 3, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(inplace=True),
            ]
            channels = width
        layers += [nn.MaxPool2d(2)]
    layers += [nn.Flatten()]
    inputs = channels * (SIZE // 32) ** 2
    for width in FULLY_CONNECTED:
        layers += [nn.Linear(inputs, width, bias=False), nn.BatchNorm1d(width), nn.ReLU(inplace=True)]
        inputs = width
    layers += [nn.Linear(inputs, 10)]
    for layer in layers:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
            identity = torch.zeros_like(layer.weight)
            nn.init.dirac_(identity)
            layer.weight.data += identity  # what came in, and something new: deep narrow stacks train faster so
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


def prepared(pictures, device):
    """(N, 3, 32, 32) bytes as the network's input: enlarged, mean subtracted, divided by the standard deviation."""
    x = pictures.to(device).float()
    x = F.interpolate(x, scale_factor=SIZE // 32, mode="bilinear", align_corners=False)
    mean, std = (torch.tensor(v, device=device).view(1, 3, 1, 1) for v in (MEAN, STD))
    return ((x - mean) / std).contiguous(memory_format=torch.channels_last)


def augmented(pictures, rng):
    """Each picture shifted by up to 4 pixels (edges mirrored) and, one in two, flipped left to right."""
    padded = F.pad(pictures.float(), (4, 4, 4, 4), mode="reflect").byte()
    out = torch.empty_like(pictures)
    tops, lefts = torch.randint(0, 9, (2, len(pictures)), generator=rng).tolist()
    for i, (top, left) in enumerate(zip(tops, lefts, strict=True)):
        out[i] = padded[i, :, top : top + 32, left : left + 32]
    flip = torch.rand(len(out), generator=rng) < 0.5
    out[flip] = out[flip].flip(3)
    return out


def accuracy(predict, pictures, labels, batch=500):
    """Share of the pictures whose label `predict` finds."""
    batches = zip(pictures.split(batch), labels.split(batch), strict=True)
    return sum(int((predict(x) == y).sum()) for x, y in batches) / len(labels)


def train(epochs=24, batch=128, peak=0.1, decay=5e-4, seed=1):
    """The trained network in eval mode: SGD with Nesterov momentum, one cycle of the learning rate."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    pictures, labels = (torch.from_numpy(a) for a in data.cifar10("train", full=True))
    test = [torch.from_numpy(a) for a in data.cifar10("test", full=True)]
    net = network().to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=peak, momentum=0.9, nesterov=True, weight_decay=decay)
    steps = epochs * (len(labels) // batch)
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, peak, total_steps=steps, pct_start=0.2, anneal_strategy="linear"
    )
    for epoch in range(epochs):
        began, losses = time.monotonic(), []
        net.train()
        for chosen in torch.randperm(len(labels), generator=rng)[: len(labels) // batch * batch].split(batch):
            x = prepared(augmented(pictures[chosen], rng), device)
            with torch.autocast(device, dtype=torch.bfloat16):
                loss = F.cross_entropy(net(x).float(), labels[chosen].to(device), label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            rate.step()
            losses.append(loss.detach())
        net.eval()
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16):
            right = accuracy(lambda x: net(prepared(x, device)).argmax(1).cpu(), *test)
        loss, took = torch.stack(losses).mean(), time.monotonic() - began
        print(
            f"epoch {epoch + 1:2}/{epochs}  loss {loss:.3f}  test {right:.2%}  {took:.0f} s",
            flush=True,
        )
    return net.eval().float().cpu()


def folded(net):
    """(weight, bias) of each layer, float64: batch normalisation folded in, for mean-subtracted 0..255 input."""
    pairs = []
    for layer in net:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            weight = layer.weight.detach().double().numpy()
            bias = np.zeros(len(weight)) if layer.bias is None else layer.bias.detach().double().numpy()
            pairs.append([weight, bias])
        elif isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            weight, bias = pairs[-1]
            scale = (layer.weight / torch.sqrt(layer.running_var + layer.eps)).detach().double().numpy()
            shift = layer.bias.detach().double().numpy() - layer.running_mean.double().numpy() * scale
            pairs[-1] = [weight * scale.reshape(-1, *[1] * (weight.ndim - 1)), bias * scale + shift]
    pairs[0][0] = pairs[0][0] / np.array(STD).reshape(1, 3, 1, 1)
    return pairs


def stored(pairs):
    """Name -> (weight, bias) in the official file's layout: (H, W, in, out) and (1, out), float32."""
    named = {}
    for name, (weight, bias) in zip(WEIGHTED, pairs, strict=True):
        if weight.ndim == 2:
            side = SIZE // 32 if name == "fc6" else 1
            weight = weight.reshape(len(weight), -1, side, side)
        named[name] = (np.float32(weight.transpose(2, 3, 1, 0)), np.float32(bias[None]))
    return named


def from_file(path):
    """The stored network, its mean colour (RGB) and its picture size, read as the course reads the official file."""
    file = scipy.io.loadmat(path)
    mean = file["normalization"][0][0][0]
    layers = []
    for entry in file["layers"][0]:
        kind = str(entry[0][0]["type"][0])
        if kind == "conv":
            weight, bias = entry[0][0][0][0]
            out, size = weight.shape[3], weight.shape[0]
            layer = nn.Conv2d(weight.shape[2], out, size, padding=1 if size == 3 else 0)
            layer.weight.data = torch.from_numpy(np.ascontiguousarray(weight.transpose(3, 2, 0, 1)))
            layer.bias.data = torch.from_numpy(bias.reshape(-1))
            layers.append(layer)
        elif kind in ("relu", "pool"):
            layers.append(nn.ReLU() if kind == "relu" else nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten()), mean.mean(axis=(0, 1)), mean.shape[0]


def report(path):
    """Print the stored network's accuracy on all test pictures, each prepared as the labs' load_image does."""
    net, mean, size = from_file(path)
    mean = torch.tensor(mean, dtype=torch.float32).view(1, 3, 1, 1)
    pictures, labels = (torch.from_numpy(a) for a in data.cifar10("test", full=True))

    def predict(batch):
        resized = [
            Image.fromarray(p).resize((size, size), Image.Resampling.BILINEAR)
            for p in batch.permute(0, 2, 3, 1).numpy()
        ]
        x = torch.from_numpy(np.stack(resized)).permute(0, 3, 1, 2).float() - mean
        return net(x).argmax(1)

    with torch.inference_mode():
        right = accuracy(predict, pictures, labels)
    layers = sum(isinstance(layer, (nn.Conv2d, nn.Linear)) for layer in net)
    weights = sum(p.numel() for p in net.parameters())
    print(f"{path.name}: {layers} layers with weights, {weights:,} parameters, {path.stat().st_size / 1e6:.1f} MB")
    print(f"accuracy on CIFAR-10's {len(labels):,} test pictures: {right:.2%}")


def main():
    """Train or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("train", "accuracy"))
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, default=FILE, help="the .mat to write or to measure")
    asked = parser.parse_args()
    try:
        if asked.do == "train":
            net = train(asked.epochs, seed=asked.seed)
            matfile.write(asked.file, stored(folded(net)), MEAN, SIZE, data.CIFAR10_CLASSES)
        report(asked.file)
    except data.NotFetched as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
