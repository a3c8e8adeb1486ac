import Tensors

/// Prints a graph as the source of a TorchScript method, one statement an operation.
struct TorchScriptPrinter {
  let graph: ExportGraph

  /// The source of the method `forward`.
  var source: String {
    let statements = graph.nodes.enumerated().map { "v\($0) = \(expression($1.operation))" }
    let body = (statements + ["return \(text(graph.output))"]).map { "    " + $0 }.joined(separator: "\n")
    return "def forward(self, input: Tensor) -> Tensor:\n\(body)\n"
  }

  private func expression(_ operation: ExportGraph.Operation) -> String {
    switch operation {
    case .convolution(let x, let weight, let bias, let stride, let padding, let dilation, let groups):
      call(
        "conv\(stride.count)d", x, text(weight), text(bias), text(stride), text(padding), text(dilation), "\(groups)")
    case .transposedConvolution(
      let x, let weight, let bias, let stride, let padding, let outputPadding, let dilation, let groups):
      call(
        "conv_transpose\(stride.count)d", x, text(weight), text(bias), text(stride), text(padding),
        text(outputPadding), "\(groups)", text(dilation))
    case .depthwiseConvolution(let x, let kernel, let stride, let padding):
      call(
        "conv2d", x, "\(text(kernel)).expand([\(text(x)).size(1), -1, -1, -1])", "None", text(stride), text(padding),
        "[1, 1]", "\(text(x)).size(1)")
    case .linear(let x, let weight, let bias): call("linear", x, text(weight), text(bias))
    case .pad(let x, let amounts, let mode): call("pad", x, text(amounts), "\"\(mode.rawValue)\"")

    case .batchNorm(let x, let mean, let variance, let weight, let bias, let epsilon):
      call(
        "batch_norm", x, text(weight), text(bias), text(mean), text(variance), text(mean == nil), "0.0",
        text(epsilon), "False")
    case .layerNorm(let x, let sizes, let weight, let bias, let epsilon):
      call("layer_norm", x, text(sizes), text(weight), text(bias), text(epsilon))
    case .groupNorm(let x, let groups, let weight, let bias, let epsilon):
      call("group_norm", x, "\(groups)", text(weight), text(bias), text(epsilon))
    case .instanceNorm(let x, let weight, let bias, let epsilon):
      call("instance_norm", x, text(weight), text(bias), "None", "None", "True", "0.0", text(epsilon), "False")

    case .apply(let function, let x): apply(function, x)
    case .combine(let a, let combination, let b): "\(text(a)) \(combination.rawValue) \(text(b))"
    case .clamp(let x, let minimum, let maximum): call("clamp", x, text(minimum), text(maximum))
    case .softmax(let x, let axis): call("softmax", x, "\(axis)")
    case .logSoftmax(let x, let axis): call("log_softmax", x, "\(axis)")
    case .reduce(let x, .sum, let axes, let keepsAxes): call("sum", x, text(axes), text(keepsAxes))
    case .reduce(let x, .mean, let axes, let keepsAxes): call("mean", x, text(axes), text(keepsAxes))
    case .reduce(let x, .max, let axes, let keepsAxes): call("amax", x, text(axes), text(keepsAxes))

    case .maxPool(let x, let size, let stride, let padding, let dilation, let roundsUp):
      call("max_pool2d", x, text(size), text(stride), text(padding), text(dilation), text(roundsUp))
    case .avgPool(let x, let size, let stride, let padding, let roundsUp, let countsPadding):
      call("avg_pool2d", x, text(size), text(stride), text(padding), text(roundsUp), text(countsPadding))
    case .adaptiveMaxPool(let x, let size): call("adaptive_max_pool2d", x, text(size)) + "[0]"
    case .adaptiveAvgPool(let x, let size): call("adaptive_avg_pool2d", x, text(size))
    case .resize(let x, let target, .nearest, _): call("upsample_nearest2d", x, size(target, of: x))
    case .resize(let x, let target, .nearestExact, _): call("_upsample_nearest_exact2d", x, size(target, of: x))
    case .resize(let x, let target, .bicubic, let alignsCorners):
      call("upsample_bicubic2d", x, size(target, of: x), text(alignsCorners))
    case .resize(let x, let target, _, let alignsCorners):
      call("upsample_bilinear2d", x, size(target, of: x), text(alignsCorners))

    case .gather(let x, let axis, let indices): call("index_select", x, "\(axis)", text(indices))
    case .maxPoolPositions(let x, let size, let stride, let padding, let dilation, let roundsUp):
      call(
        "max_pool2d_with_indices", x, text(size), text(stride), text(padding), text(dilation), text(roundsUp)) + "[1]"
    case .gatherPixels(let x, let positions):
      "torch.flatten(\(text(x)), 2).gather(2, torch.flatten(\(text(positions)), 2)).view_as(\(text(positions)))"
    case .rowOfMaximum(let x, let axis, let table):
      "torch.movedim(torch.embedding(\(text(table)), torch.argmax(\(text(x)), \(axis))), -1, \(axis))"
    case .concatenate(let values, let axis): "torch.cat([\(values.map(text).joined(separator: ", "))], \(axis))"
    case .reshape(let x, let sample): call("reshape", x, list(["\(text(x)).size(0)"] + sample.map(String.init)))
    case .flatten(let x, let start, let end): call("flatten", x, "\(start)", "\(end)")
    case .unflatten(let x, let axis, let sizes): call("unflatten", x, "\(axis)", text(sizes))
    }
  }

  private func apply(_ function: ExportGraph.Function, _ x: ExportGraph.Value) -> String {
    switch function {
    case .relu: call("relu", x)
    case .elu(let alpha): call("elu", x, text(alpha))
    case .leakyRelu(let slope): call("leaky_relu", x, text(slope))
    case .sigmoid: call("sigmoid", x)
    case .tanh: call("tanh", x)
    case .softplus: call("softplus", x)
    case .gelu: call("gelu", x)
    case .silu: call("silu", x)
    case .abs: call("abs", x)
    case .exp: call("exp", x)
    case .log: call("log", x)
    case .sqrt: call("sqrt", x)
    case .square: call("square", x)
    }
  }

  /// The size of an image after a resize, which depends on the input's.
  private func size(_ target: Upsample2D.Target, of x: ExportGraph.Value) -> String {
    switch target {
    case .size(let size): text(size)
    case .scale(let scale): list([2, 3].map { "\(text(x)).size(\($0)) * \(scale)" })
    }
  }

  private func call(_ name: String, _ x: ExportGraph.Value, _ arguments: String...) -> String {
    "torch.\(name)(\(([text(x)] + arguments).joined(separator: ", ")))"
  }

  private func text(_ value: ExportGraph.Value) -> String {
    switch value {
    case .input: "input"
    case .result(let index): "v\(index)"
    case .tensor(let name): TorchScriptModule.expression(for: name)
    case .number(let number): text(number)
    }
  }

  private func text(_ value: ExportGraph.Value?) -> String { value.map { text($0) } ?? "None" }
  private func text(_ values: [Int]) -> String { list(values.map(String.init)) }
  private func text(_ value: Bool) -> String { value ? "True" : "False" }
  private func text(_ value: Double) -> String { "\(value)" }
  private func text(_ value: Double?) -> String { value.map { text($0) } ?? "None" }
  private func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ", "))]" }
}
