internal import Layers

extension ONNXPrinter {
  mutating func gather(_ x: ONNXValue, axis: Int, _ indices: ONNXValue) throws(ExportError) -> ONNXValue {
    let axis = try place(axis, among: x.rank)
    var shape = x.shape
    shape.replaceSubrange(axis...axis, with: indices.shape)
    return add("Gather", [x, indices], ["axis": .integer(axis)], shape: shape)
  }

  mutating func gatherPixels(_ x: ONNXValue, at positions: ONNXValue) throws(ExportError) -> ONNXValue {
    let rows = try flatten(x, from: 2, through: -1)
    let places = try flatten(positions, from: 2, through: -1)
    let pixels = add("GatherElements", [rows, places], ["axis": .integer(2)], shape: places.shape)
    return try reshape(pixels, to: positions.shape)
  }

  mutating func rowOfMaximum(_ x: ONNXValue, axis: Int, _ table: ONNXValue) throws(ExportError) -> ONNXValue {
    let axis = try place(axis, among: x.rank)
    var shape = x.shape
    shape.remove(at: axis)
    let places = add("ArgMax", [x], ["axis": .integer(axis), "keepdims": .integer(0)], type: .int64, shape: shape)
    let rows = try gather(table, axis: 0, places)
    // The columns of the table stand last; they move to the axis.
    var order = Array(shape.indices)
    order.insert(shape.count, at: axis)
    return add("Transpose", [rows], ["perm": .integers(order)], shape: order.map { rows.shape[$0] })
  }

  mutating func concatenate(_ values: [ONNXValue], axis: Int) throws(ExportError) -> ONNXValue {
    guard let first = values.first else { throw refusal("there is nothing to concatenate") }
    let axis = try place(axis, among: first.rank)
    if axis == 0 { throw refusal("an ONNX file keeps the number of samples open, so samples cannot be joined") }
    var shape = first.shape
    shape[axis] = values.reduce(0) { $0 + $1.shape[axis] }
    return add("Concat", values, ["axis": .integer(axis)], shape: shape)
  }

  /// Another shape, with the samples along the first axis as before.
  mutating func reshape(_ x: ONNXValue, to shape: [Int]) throws(ExportError) -> ONNXValue {
    guard shape.first == x.shape.first, x.shape.first == ONNXValue.samples else {
      throw refusal("an ONNX file keeps the number of samples open, so the first axis must stay")
    }
    if shape.contains(0) { throw refusal("ONNX cannot express the empty shape \(shape.dropFirst())") }
    // Zero stands for the input's size, here the number of samples.
    return add("Reshape", [x, integers([0] + shape.dropFirst(), "Reshape/shape")], shape: shape)
  }

  /// Another shape for a stored tensor.
  mutating func reshapeConstant(_ x: ONNXValue, to shape: [Int]) throws(ExportError) -> ONNXValue {
    if x.shape == shape { return x }
    return add("Reshape", [x, integers(shape, "Reshape/shape")], shape: shape)
  }

  mutating func flatten(_ x: ONNXValue, from start: Int, through end: Int) throws(ExportError) -> ONNXValue {
    let start = try place(start, among: x.rank)
    let end = try place(end, among: x.rank)
    if start == end { return x }
    if start == 0 { throw refusal("an ONNX file keeps the number of samples open, so samples cannot be joined") }
    let shape = x.shape.prefix(start) + [x.shape[start...end].reduce(1, *)] + x.shape.suffix(from: end + 1)
    return try reshape(x, to: Array(shape))
  }

  mutating func unflatten(_ x: ONNXValue, axis: Int, _ sizes: [Int]) throws(ExportError) -> ONNXValue {
    let axis = try place(axis, among: x.rank)
    if axis == 0 { throw refusal("an ONNX file keeps the number of samples open, so they cannot be split") }
    var shape = x.shape
    // One size may be left open by -1.
    let known = sizes.filter { $0 >= 0 }.reduce(1, *)
    shape.replaceSubrange(axis...axis, with: sizes.map { $0 < 0 ? x.shape[axis] / max(known, 1) : $0 })
    return try reshape(x, to: shape)
  }
}
