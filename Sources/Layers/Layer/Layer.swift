public import Tensors

/// The base class of modules that map one tensor to one tensor.
///
/// **Symmetry**: none stated here; see each layer.
open class Layer: Module {
  /// Applies the layer.
  ///
  /// **Traps**: in the base class, which has no function of its own.
  open func callAsFunction(_ x: Tensor) -> Tensor {
    Torch.fail(op: "\(type(of: self))", "callAsFunction(_:) is not overridden")
  }

  /// Adds the operations that compute the layer in evaluation mode to a graph, and returns the result.
  ///
  /// The base class makes the export fail with an error that names the layer; a layer that is to be exported overrides
  /// this.
  open func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.refuse("emit(into:input:) is not overridden, so this layer cannot be exported")
    return input
  }

  /// A layer of the same kind whose parameters and buffers are copies.
  ///
  /// A layer without parameters, buffers and parts returns itself.
  ///
  /// **Traps**: in the base class, when the layer has any of them.
  open func copy() -> Layer {
    guard members.isEmpty else {
      Torch.fail(op: "\(type(of: self))", "copy() is not overridden, so this layer's parameters cannot be copied")
    }
    return self
  }

  /// The shape of the output in evaluation mode for an input of the given shape.
  ///
  /// **Complexity**: the base class runs the layer on zeros; most layers compute it from a formula.
  open func outputShape(for shape: Shape) -> Shape {
    let dtype = parameters.first?.parameter.value.dtype ?? .float32
    let device = parameters.first?.parameter.value.device ?? .cpu
    return evaluating { withoutGradient { self(Tensor.zeros(shape, dtype: dtype, device: device)).shape } }
  }

  /// Stops with a message that begins with the layer's name.
  final func fail(_ message: String) -> Never { Torch.fail(op: "\(type(of: self))", message) }

  /// Stops unless an input has `channels` entries along axis 1 and one of the given ranks.
  final func checkInput(_ shape: Shape, ranks: [Int], channels: Int?, layout: String) {
    if !ranks.contains(shape.count) { fail("expected an input \(layout), got \(shape)") }
    if let channels, shape[1] != channels { fail("expected \(channels) channels \(layout), got \(shape)") }
  }
}
