internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/interpolate(size:mode:alignsCorners:antialias:)`` that throws instead of trapping.
  public func interpolate(
    size: any SpatialValues, mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) throws(TorchError) -> Tensor {
    let rank = try spatialRank("interpolate", mode)
    let size = try SpatialArguments("interpolate", rank, tensor).positive(size, "size")
    return try produce("interpolate", tensor) {
      ts_interpolate($0, rank, size, nil, mode.native, alignsCorners, antialias, $1)
    }
  }

  /// ``Tensor/interpolate(scales:mode:alignsCorners:antialias:)`` that throws instead of trapping.
  public func interpolate(
    scales: [Double], mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) throws(TorchError) -> Tensor {
    let rank = try spatialRank("interpolate", mode)
    try SpatialArguments("interpolate", rank, tensor).require(
      scales.count == rank && scales.allSatisfy { $0 > 0 && $0.isFinite },
      "scales is \(scales); \(rank) positive numbers are expected")
    return try produce("interpolate", tensor) {
      ts_interpolate($0, rank, nil, scales, mode.native, alignsCorners, antialias, $1)
    }
  }

  /// ``Tensor/interpolate(scale:mode:alignsCorners:antialias:)`` that throws instead of trapping.
  public func interpolate(
    scale: Double, mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) throws(TorchError) -> Tensor {
    let scales = [Double](repeating: scale, count: Swift.max(tensor.rank - 2, 0))
    return try interpolate(scales: scales, mode: mode, alignsCorners: alignsCorners, antialias: antialias)
  }

  /// ``Tensor/gridSample(_:mode:padding:alignsCorners:)`` that throws instead of trapping.
  public func gridSample(
    _ grid: Tensor, mode: GridSampleMode = .bilinear, padding: GridPadding = .zeros, alignsCorners: Bool = false
  ) throws(TorchError) -> Tensor {
    try produce("gridSample", tensor, grid) {
      ts_grid_sample($0, $1, mode.rawValue, padding.rawValue, alignsCorners, $2)
    }
  }

  /// ``Tensor/affineGrid(shape:alignsCorners:)`` that throws instead of trapping.
  public func affineGrid(shape: Shape, alignsCorners: Bool = false) throws(TorchError) -> Tensor {
    try produce("affineGrid", tensor) { ts_affine_grid($0, shape.dimensions, shape.rank, alignsCorners, $1) }
  }
}

extension CheckedTensor {
  /// The number of spatial dimensions, once the mode is known to be for it.
  private func spatialRank(_ operation: StaticString, _ mode: InterpolationMode) throws(TorchError) -> Int {
    let rank = tensor.rank - 2
    let ranks = mode.spatialRanks
    let expected = ranks.count == 1 ? "\(ranks.lowerBound)" : "\(ranks.lowerBound) to \(ranks.upperBound)"
    try SpatialArguments(operation, rank, tensor).require(
      ranks.contains(rank), "mode \(mode) is for \(expected) spatial dimensions after [N, C]")
    return rank
  }
}
