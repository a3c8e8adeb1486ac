internal import Layers
internal import Tensors

extension ONNXPrinter {
  mutating func resize(
    _ x: ONNXValue, _ target: Upsample2D.Target, _ mode: InterpolationMode, alignsCorners: Bool
  ) throws(ExportError) -> ONNXValue {
    let size =
      switch target {
      case .size(let size): size
      case .scale(let scale): x.spatial.map { $0 * scale }
      }
    switch mode {
    case .nearest: return try nearest(x, size, offset: 0)
    case .nearestExact: return try nearest(x, size, offset: 0.5)
    case .linear, .bilinear, .trilinear, .bicubic: break
    }
    return add(
      "Resize", [x, nil, nil, integers(size, "Resize/sizes")],
      [
        "mode": .text(mode == .bicubic ? "cubic" : "linear"),
        "coordinate_transformation_mode": .text(alignsCorners ? "align_corners" : "half_pixel"),
        "cubic_coeff_a": .number(-0.75), "axes": .integers([2, 3]),
      ], shape: [x.shape[0], x.shape[1]] + size)
  }

  /// Whole multiples by `Resize`; other sizes by tables of the pixels that PyTorch takes, because engines round
  /// positions between two pixels differently.
  private mutating func nearest(_ x: ONNXValue, _ size: [Int], offset: Float) throws(ExportError) -> ONNXValue {
    if zip(size, x.spatial).allSatisfy({ $0 % $1 == 0 }) {
      return add(
        "Resize", [x, nil, nil, integers(size, "Resize/sizes")],
        [
          "mode": .text("nearest"), "coordinate_transformation_mode": .text("asymmetric"),
          "nearest_mode": .text("floor"), "axes": .integers([2, 3]),
        ], shape: [x.shape[0], x.shape[1]] + size)
    }
    var result = x
    for axis in 2...3 where size[axis - 2] != x.shape[axis] {
      let step = Float(x.shape[axis]) / Float(size[axis - 2])
      let table = (0..<size[axis - 2]).map { min(Int((Float($0) + offset) * step), x.shape[axis] - 1) }
      result = try gather(result, axis: axis, integers(table, "Gather/pixels"))
    }
    return result
  }
}
