internal import Layers
internal import Tensors

extension ONNXPrinter {
  mutating func maxPool(_ x: ONNXValue, _ windows: Windows) throws(ExportError) -> ONNXValue {
    let counts = (0..<2).map { windows.count($0, in: x.spatial[$0]) }
    var image = x
    var before = windows.padding
    var after = (0..<2).map { windows.padding[$0] + windows.excess($0, in: x.spatial[$0]) }
    // Engines refuse padding as wide as the kernel, which dilated windows may need.
    if zip(after, windows.size).contains(where: { $0 >= $1 }) {
      let shape = [x.shape[0], x.shape[1]] + (0..<2).map { before[$0] + x.spatial[$0] + after[$0] }
      let pads = integers([0, 0] + before + [0, 0] + after, "Pad/pads")
      image = add("Pad", [x, pads, number(-.infinity, "Pad/value")], ["mode": .text("constant")], shape: shape)
      before = [0, 0]
      after = [0, 0]
    }
    return add(
      "MaxPool", [image],
      [
        "kernel_shape": .integers(windows.size), "strides": .integers(windows.stride),
        "pads": .integers(before + after), "dilations": .integers(windows.dilation),
      ], shape: [x.shape[0], x.shape[1]] + counts)
  }

  /// ONNX counts positions through all samples and channels; within a channel they begin anew.
  mutating func maxPoolPositions(_ x: ONNXValue, _ windows: Windows) throws(ExportError) -> ONNXValue {
    let reach = (0..<2).map { windows.padding[$0] + windows.excess($0, in: x.spatial[$0]) }
    if zip(reach, windows.size).contains(where: { $0 >= $1 }) {
      throw refusal("ONNX cannot tell where maxima are when dilated windows reach so far beyond the image")
    }
    let maxima = try maxPool(x, windows)
    let places = addSecondResult("MaxPool/positions", shape: maxima.shape)
    let pixels = integers([x.spatial.reduce(1, *)], "Mod/pixels")
    return add("Mod", [places, pixels], shape: maxima.shape)
  }

  mutating func avgPool(_ x: ONNXValue, _ windows: Windows, countsPadding: Bool) throws(ExportError) -> ONNXValue {
    let counts = (0..<2).map { windows.count($0, in: x.spatial[$0]) }
    let excess = (0..<2).map { windows.excess($0, in: x.spatial[$0]) }
    var image = x
    var before = windows.padding
    var after = zip(windows.padding, excess).map { $0 + $1 }
    var counted = countsPadding
    // Zeros of the padding count in the mean, but what lies beyond it never does; so the padding joins the image.
    if countsPadding, excess != [0, 0] {
      image = try pad(x, windows.padding.reversed().flatMap { [$0, $0] }, .constant)
      before = [0, 0]
      after = excess
      counted = false
    }
    return add(
      "AveragePool", [image],
      [
        "kernel_shape": .integers(windows.size), "strides": .integers(windows.stride),
        "pads": .integers(before + after), "count_include_pad": .integer(counted ? 1 : 0),
      ], shape: [x.shape[0], x.shape[1]] + counts)
  }

  /// The maximum over windows of unequal sizes, one axis after the other: the pixels of every window, the first one
  /// repeated up to the longest window, and their maximum.
  mutating func adaptiveMaxPool(_ x: ONNXValue, _ size: [Int]) throws(ExportError) -> ONNXValue {
    if size == [1, 1] { return add("GlobalMaxPool", [x], shape: [x.shape[0], x.shape[1], 1, 1]) }
    var result = x
    for axis in 2...3 {
      let windows = adaptiveWindows(size[axis - 2], in: x.shape[axis])
      let longest = windows.map(\.count).max() ?? 1
      let table = windows.flatMap { window in
        (0..<longest).map { window.lowerBound + ($0 < window.count ? $0 : 0) }
      }
      let pixels = try gather(result, axis: axis, integers(table, "Gather/pixels"))
      let split = try unflatten(pixels, axis: axis, [windows.count, longest])
      result = try reduce(split, .max, axes: [axis + 1], keepsAxes: false)
    }
    return result
  }

  /// The mean over windows of unequal sizes: a matrix of shares for each axis.
  mutating func adaptiveAvgPool(_ x: ONNXValue, _ size: [Int]) throws(ExportError) -> ONNXValue {
    if size == [1, 1] { return add("GlobalAveragePool", [x], shape: [x.shape[0], x.shape[1], 1, 1]) }
    let rows = shares(size[0], of: x.spatial[0])
    let columns = shares(size[1], of: x.spatial[1])
    let left = numbers(rows.flatMap { $0 }, shape: [size[0], x.spatial[0]], "rows")
    let transposed = (0..<x.spatial[1]).flatMap { place in columns.map { $0[place] } }
    let right = numbers(transposed, shape: [x.spatial[1], size[1]], "columns")
    let tall = add("MatMul", [left, x], shape: [x.shape[0], x.shape[1], size[0], x.spatial[1]])
    return add("MatMul", [tall, right], shape: [x.shape[0], x.shape[1]] + size)
  }

  /// The pixels of each of `count` windows over `length` pixels, as PyTorch chooses them; neighbors may overlap.
  private func adaptiveWindows(_ count: Int, in length: Int) -> [Range<Int>] {
    (0..<count).map { $0 * length / count..<(($0 + 1) * length + count - 1) / count }
  }

  private func shares(_ count: Int, of length: Int) -> [[Double]] {
    adaptiveWindows(count, in: length).map { window in
      (0..<length).map { window.contains($0) ? 1 / Double(window.count) : 0 }
    }
  }
}
