// One import for authors of models: everything from tensors to equivariant layers, optimizers, and files.

@_exported public import EquivariantLayers
@_exported public import Interchange
@_exported public import Layers
@_exported public import ModelExport
@_exported public import Optimizers
@_exported public import SteerableKernels
@_exported public import Symmetry
@_exported public import Tensors
@_exported public import WeightExchange
