internal import Layers
internal import Tensors

extension ONNXPrinter {
  mutating func convolution(
    _ x: ONNXValue, _ weight: ONNXValue, _ bias: ONNXValue?, stride: [Int], padding: [Int], dilation: [Int],
    groups: Int
  ) throws(ExportError) -> ONNXValue {
    let kernel = weight.spatial
    let sizes = stride.indices.map { axis in
      (x.spatial[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
    }
    return add(
      "Conv", [x, weight, bias],
      [
        "kernel_shape": .integers(kernel), "strides": .integers(stride), "pads": .integers(padding + padding),
        "dilations": .integers(dilation), "group": .integer(groups),
      ], shape: [x.shape[0], weight.shape[0]] + sizes)
  }

  mutating func transposedConvolution(
    _ x: ONNXValue, _ weight: ONNXValue, _ bias: ONNXValue?, stride: [Int], padding: [Int], outputPadding: [Int],
    dilation: [Int], groups: Int
  ) throws(ExportError) -> ONNXValue {
    let kernel = weight.spatial
    let sizes = stride.indices.map { axis -> Int in
      let reach = (x.spatial[axis] - 1) * stride[axis] - 2 * padding[axis]
      return reach + dilation[axis] * (kernel[axis] - 1) + outputPadding[axis] + 1
    }
    return add(
      "ConvTranspose", [x, weight, bias],
      [
        "kernel_shape": .integers(kernel), "strides": .integers(stride), "pads": .integers(padding + padding),
        "output_padding": .integers(outputPadding), "dilations": .integers(dilation), "group": .integer(groups),
      ], shape: [x.shape[0], weight.shape[1] * groups] + sizes)
  }

  /// The kernel is stored once; engines repeat it for every channel when they load the file.
  mutating func depthwiseConvolution(
    _ x: ONNXValue, _ kernel: ONNXValue, stride: [Int], padding: [Int]
  ) throws(ExportError) -> ONNXValue {
    let shape = [x.shape[1], 1] + kernel.spatial
    let repeated = add("Expand", [kernel, integers(shape, "Expand/shape")], shape: shape)
    return try convolution(
      x, repeated, nil, stride: stride, padding: padding, dilation: [1, 1], groups: x.shape[1])
  }

  mutating func linear(_ x: ONNXValue, _ weight: ONNXValue, _ bias: ONNXValue?) throws(ExportError) -> ONNXValue {
    let shape = Array(x.shape.dropLast()) + [weight.shape[0]]
    if x.rank == 2 { return add("Gemm", [x, weight, bias], ["transB": .integer(1)], shape: shape) }
    let transposed = add("Transpose", [weight], ["perm": .integers([1, 0])], shape: weight.shape.reversed())
    let product = add("MatMul", [x, transposed], shape: shape)
    guard let bias else { return product }
    return add("Add", [product, bias], shape: shape)
  }

  /// Zeros by `Pad`, mirrored and repeated borders too where nothing is cropped; all else by tables of pixels.
  mutating func pad(_ x: ONNXValue, _ amounts: [Int], _ mode: PaddingMode) throws(ExportError) -> ONNXValue {
    // Amounts start at the last axis; ONNX wants those before all axes, then those after.
    let axes = (0..<amounts.count / 2).map { x.rank - 1 - $0 }
    var before = Array(repeating: 0, count: x.rank)
    var after = before
    for (index, axis) in axes.enumerated() {
      before[axis] = amounts[2 * index]
      after[axis] = amounts[2 * index + 1]
    }
    if before[0] != 0 || after[0] != 0 { throw refusal("an ONNX file keeps the number of samples open, so no padding") }
    let shape = x.shape.indices.map { $0 == 0 ? x.shape[0] : before[$0] + x.shape[$0] + after[$0] }
    if mode == .constant || (mode != .circular && amounts.allSatisfy { $0 >= 0 }) {
      let name = [PaddingMode.constant: "constant", .reflect: "reflect", .replicate: "edge"][mode] ?? ""
      return add("Pad", [x, integers(before + after, "Pad/pads")], ["mode": .text(name)], shape: shape)
    }
    var result = x
    for axis in axes where before[axis] != 0 || after[axis] != 0 {
      let size = x.shape[axis]
      let table = (-before[axis]..<size + after[axis]).map { place -> Int in
        switch mode {
        case .circular: (place % size + size) % size
        case .reflect: place < 0 ? -place : place >= size ? 2 * (size - 1) - place : place
        case .constant, .replicate: min(max(place, 0), size - 1)
        }
      }
      result = try gather(result, axis: axis, integers(table, "Gather/pixels"))
    }
    return result
  }
}
