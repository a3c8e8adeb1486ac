internal import Layers

extension EquivariantModule {
  /// Applies modules one after another, block by block where activations are recomputed.
  package static func chain(_ parts: [EquivariantModule], _ input: GeometricTensor) -> GeometricTensor {
    Recomputation.blocks(of: parts).reduce(input) { x, block in
      guard let last = block.last else { return x }
      let values = Recomputation.block(block, x.tensor) { values in
        block.reduce(GeometricTensor(unchecked: values, x.type)) { $1($0) }.tensor
      }
      return GeometricTensor(unchecked: values, last.outputType)
    }
  }
}
