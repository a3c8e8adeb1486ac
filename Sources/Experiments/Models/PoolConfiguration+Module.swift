internal import EquivariantLayers

extension PoolConfiguration {
  /// Makes sure that a map of `side` pixels can be pooled.
  ///
  /// **Throws** `ModelError.padsTooMuch` or `ModelError.poolsAway`.
  func check(side: Int, block: Int) throws(ModelError) {
    let padding = padding ?? 0
    switch kind {
    case .max, .average, .maxAntialiased:
      guard 2 * padding <= kernelSize else {
        throw .padsTooMuch(block: block, kernelSize: kernelSize, padding: padding)
      }
      guard side + 2 * padding >= kernelSize else {
        throw .poolsAway(block: block, side: side, kernelSize: kernelSize, padding: padding)
      }
    case .averageAntialiased:
      let window = 2 * Int((3 * sigma).rounded(.toNearestOrEven)) + 1
      let padding = self.padding ?? (window - 1) / 2
      guard side + 2 * padding >= window else {
        throw .poolsAway(block: block, side: side, kernelSize: window, padding: padding)
      }
    }
  }

  /// The pooling module for a field type.
  func module(_ type: FieldType) -> EquivariantModule {
    switch kind {
    case .max: PointwiseMaxPool(type, kernelSize: kernelSize, stride: stride, padding: padding ?? 0)
    case .average: PointwiseAvgPool(type, kernelSize: kernelSize, stride: stride, padding: padding ?? 0)
    case .maxAntialiased:
      PointwiseMaxPoolAntialiased(type, kernelSize: kernelSize, stride: stride, padding: padding ?? 0, sigma: sigma)
    case .averageAntialiased: PointwiseAvgPoolAntialiased(type, sigma: sigma, stride: stride, padding: padding)
    }
  }
}
