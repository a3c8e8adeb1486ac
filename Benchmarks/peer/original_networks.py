"""The networks of the comparison in escnn and e2cnn, as their users write them.

Both libraries have the same names for almost everything; `Library` hides where they differ. The networks are those of
`Sources/SteerableBenchmark/BenchmarkNetwork.swift`, and the driver refuses to compare numbers of parameters that differ.
"""

import importlib
import math

import torch


class Library:
    """escnn or e2cnn, with or without the initialization of weights, which takes most of their construction."""

    def __init__(self, name, initialize=True):
        self.name = name
        self.gspaces = importlib.import_module(name + ".gspaces")
        self.nn = importlib.import_module(name + ".nn")
        self.initialize = initialize

    def rotations(self, count, frequency=None):
        make = self.gspaces.rot2dOnR2 if self.name == "escnn" else self.gspaces.Rot2dOnR2
        return make(count) if frequency is None else make(count, maximum_frequency=frequency)

    def dihedral(self, count):
        return (self.gspaces.flipRot2dOnR2 if self.name == "escnn" else self.gspaces.FlipRot2dOnR2)(count)

    def regular(self, space, count):
        return self.nn.FieldType(space, [space.regular_repr] * count)

    def trivial(self, space, count):
        return self.nn.FieldType(space, [space.trivial_repr] * count)

    def conv(self, source, target, size, **options):
        layer = self.nn.R2Conv(source, target, kernel_size=size, initialize=self.initialize, **options)
        if not self.initialize:
            torch.nn.init.normal_(layer.weights, std=0.05)
        return layer

    def wrapped(self, images, field_type):
        return self.nn.GeometricTensor(images, field_type)


# --- Layers ---------------------------------------------------------------------------------------------------------

def make_layer(library, name):
    if name == "c8-24-48-k5":
        space = library.rotations(8)
        return library.conv(library.regular(space, 24), library.regular(space, 48), 5)
    if name == "d8-16-32-k7":
        space = library.dihedral(8)
        return library.conv(library.regular(space, 16), library.regular(space, 32), 7)
    if name == "d16-6-16-k5":
        space = library.dihedral(16)
        return library.conv(library.regular(space, 6), library.regular(space, 16), 5)
    space = library.rotations(-1, frequency=3)
    fields = library.nn.FieldType(space, [space.irrep(k) for _ in range(16) for k in range(4)])
    return library.conv(fields, fields, 5)


LAYERS = ["c8-24-48-k5", "d8-16-32-k7", "so2-irreps-k5", "d16-6-16-k5"]


# --- Networks -------------------------------------------------------------------------------------------------------

class Network(torch.nn.Module):
    """Equivariant parts in a row, then plain layers on what they give."""

    def __init__(self, library, parts, head):
        super().__init__()
        self.library = library
        self.parts = torch.nn.ModuleList(parts)
        self.head = head

    def forward(self, images):
        x = self.library.wrapped(images, self.parts[0].in_type)
        for part in self.parts:
            x = part(x)
        return self.head(x.tensor)

    def exported(self):
        """The same function in plain layers of PyTorch."""
        self.eval()
        return torch.nn.Sequential(*[exported(part) for part in self.parts], self.head).eval()


def make_c8_mnist(library):
    nn, space = library.nn, library.rotations(8)
    source = library.trivial(space, 1)
    parts = [nn.MaskModule(source, 29, margin=1)]
    pools = {1: (2, None), 3: (2, None), 5: (1, 0)}
    for index, (count, size, padding) in enumerate(
            [(24, 7, 1), (48, 5, 2), (48, 5, 2), (96, 5, 2), (96, 5, 2), (64, 5, 1)]):
        target = library.regular(space, count)
        parts += [library.conv(source, target, size, padding=padding, bias=False),
                  nn.InnerBatchNorm(target), nn.ReLU(target, inplace=True)]
        if index in pools:
            stride, margin = pools[index]
            parts.append(nn.PointwiseAvgPoolAntialiased(target, sigma=0.66, stride=stride, padding=margin))
        source = target
    parts.append(nn.GroupPooling(source))
    head = torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(64, 64), torch.nn.BatchNorm1d(64), torch.nn.ELU(inplace=True),
        torch.nn.Linear(64, 10))
    return Network(library, parts, head)


def make_lenet(library, space):
    nn, source = library.nn, library.trivial(space, 1)
    parts = []
    for count in (6, 16):
        target = library.regular(space, count)
        parts += [library.conv(source, target, 5, padding=1, bias=False), nn.ReLU(target, inplace=True),
                  nn.PointwiseMaxPoolAntialiased(target, kernel_size=2)]
        source = target
    parts.append(nn.GroupPooling(source))
    head = torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(16 * 36 * 36, 120), torch.nn.ReLU(), torch.nn.Linear(120, 84),
        torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(84, 2))
    return Network(library, parts, head)


class Block(torch.nn.Module):
    """A residual block with batch norm and ReLU before each convolution."""

    def __init__(self, library, source, inner, target, size, stride, projects):
        super().__init__()
        nn = library.nn
        options = dict(bias=False, frequencies_cutoff=lambda r: 3 * r)
        self.in_type, self.out_type = source, target
        self.norm1, self.relu1 = nn.InnerBatchNorm(source), nn.ReLU(source, inplace=True)
        self.conv1 = library.conv(source, inner, size, padding=size // 2, **options)
        self.norm2, self.relu2 = nn.InnerBatchNorm(inner), nn.ReLU(inner, inplace=True)
        self.dropout = nn.PointwiseDropout(inner, 0.3)
        self.conv2 = library.conv(inner, target, size, padding=size // 2, stride=stride, **options)
        self.shortcut = library.conv(source, target, 1, stride=stride, **options) if projects else None

    def forward(self, x):
        normed = self.relu1(self.norm1(x))
        out = self.conv2(self.dropout(self.relu2(self.norm2(self.conv1(normed)))))
        return out + (x if self.shortcut is None else self.shortcut(normed))


def make_wide_resnet(library, depth, widen, rotations, stride):
    """The wide residual network of dihedral groups with all three restrictions, kernels of 5 pixels for D8, else of 3.

    escnn's own copy gives the last stage kernels of 5 pixels by an oversight; here both have those of e2cnn's.
    """
    nn, space = library.nn, library.dihedral(rotations)

    def fields(space, planes, is_regular=True):
        order = space.fibergroup.order()
        count = int(planes * math.sqrt(order) / (order if is_regular else 1))
        return (library.regular if is_regular else library.trivial)(space, count)

    target = fields(space, 16)
    parts = [library.conv(library.trivial(space, 3), target, 5, padding=2, bias=False,
                          frequencies_cutoff=lambda r: 3 * r)]
    blocks = (depth - 4) // 6
    for stage in range(3):
        if stage > 0:
            restriction = nn.RestrictionModule(target, (0, rotations // 2) if stage == 1 else (0, 1))
            parts.append(restriction)
            target = restriction.out_type
            space = target.gspace
        kept = [rotations, rotations // 2, 1][stage]
        size = 3 if kept in (1, 2, 4) else 5
        planes = 16 * widen * 2 ** stage
        for index in range(blocks):
            step = (stride if stage == 0 else 2) if index == 0 else 1
            inner = fields(space, planes)
            is_last = stage == 2 and index == blocks - 1
            source, target = target, fields(space, planes, is_regular=not is_last)
            parts.append(Block(library, source, inner, target, size, step, step != 1 or source != target or is_last))
    parts += [nn.InnerBatchNorm(target, momentum=0.9), nn.ReLU(target, inplace=True)]
    head = torch.nn.Sequential(
        torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(target.size, 10))
    return Network(library, parts, head)


# Name: how to make it, its images, its classes.
NETWORKS = {
    "c8-mnist": (make_c8_mnist, (1, 29, 29), 10),
    "c8-lenet": (lambda library: make_lenet(library, library.rotations(8)), (1, 151, 151), 2),
    "d16-lenet": (lambda library: make_lenet(library, library.dihedral(16)), (1, 151, 151), 2),
    "wrn10-4-d4": (lambda library: make_wide_resnet(library, 10, 4, 4, 1), (3, 33, 33), 10),
    "wrn16-8-stl-d8d4d1": (lambda library: make_wide_resnet(library, 16, 8, 8, 2), (3, 96, 96), 10),
}


# --- Export ---------------------------------------------------------------------------------------------------------

class Blur(torch.nn.Module):
    """The low-pass filter of antialiased pooling, with the pooling before it."""

    def __init__(self, pool, largest=None):
        super().__init__()
        self.register_buffer("filter", pool.filter.detach().clone())
        self.stride, self.largest = pool.stride, largest
        self.padding = getattr(pool, "_pad", pool.padding)

    def forward(self, x):
        if self.largest is not None:
            x = torch.nn.functional.max_pool2d(x, self.largest, 1)
        return torch.nn.functional.conv2d(
            x, self.filter, stride=self.stride, padding=self.padding, groups=x.shape[1])


class Mask(torch.nn.Module):
    def __init__(self, mask):
        super().__init__()
        self.register_buffer("mask", mask.detach().clone())

    def forward(self, x):
        return x * self.mask


class PlainBlock(torch.nn.Module):
    def __init__(self, block):
        super().__init__()
        self.entry = torch.nn.Sequential(block.norm1.export(), block.relu1.export())
        self.main = torch.nn.Sequential(
            *[exported(part) for part in
              (block.conv1, block.norm2, block.relu2, block.dropout, block.conv2)])
        self.shortcut = None if block.shortcut is None else block.shortcut.export()

    def forward(self, x):
        # The exported ReLU works in place and the sum needs the input itself.
        normed = self.entry(x if self.shortcut is not None else x.clone())
        return self.main(normed) + (x if self.shortcut is None else self.shortcut(normed))


def exported(part):
    """What the library exports, and where it exports nothing what a user would write instead."""
    kind = type(part).__name__
    if kind == "Block":
        return PlainBlock(part)
    if kind == "MaskModule":
        return Mask(part.mask)
    if kind.startswith("PointwiseAvgPoolAntialiased"):
        return Blur(part)
    if kind.startswith("PointwiseMaxPoolAntialiased"):
        return Blur(part, largest=part.kernel_size)
    if kind in ("RestrictionModule", "PointwiseDropout"):
        return torch.nn.Identity()
    return part.export()
