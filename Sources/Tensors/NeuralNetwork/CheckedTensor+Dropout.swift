internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/dropout(_:isTraining:sharedAlong:using:)`` that throws instead of trapping.
  public func dropout(
    _ probability: Double, isTraining: Bool = true, sharedAlong dimensions: [Int] = [], using rng: inout Generator
  ) throws(TorchError) -> Tensor {
    if !isTraining || probability == 0 { return tensor }
    let generator = rng.drawing
    return try produce("dropout", tensor) { ts_dropout($0, probability, dimensions, dimensions.count, generator, $1) }
  }
}
