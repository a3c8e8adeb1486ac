public import Tensors

/// Layers applied one after another.
///
/// **Shapes**: the first layer's input to the last layer's output.
///
/// **Symmetry**: whatever all layers have.
///
/// **State**: keys begin with the layer's index (`0.weight`), as in PyTorch.
public final class Sequential: Layer {
  /// The layers in order.
  public let layers: [Layer]

  /// Creates a sequence of layers.
  public convenience init(_ layers: Layer...) { self.init(layers) }

  /// Creates a sequence of layers.
  public init(_ layers: [Layer]) { self.layers = layers }

  /// Leaves the name of the array out of keys.
  public override class var stateKeys: [String: String] { ["layers": ""] }

  /// Applies all layers.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    Recomputation.blocks(of: layers).reduce(x) { x, block in
      Recomputation.block(block, x) { block.reduce($0) { $1($0) } }
    }
  }

  /// The output of every layer, in order.
  public func outputs(for x: Tensor) -> [Tensor] {
    var x = x
    return layers.map { layer in
      x = layer(x)
      return x
    }
  }

  /// A sequence of copies.
  public override func copy() -> Layer { Sequential(layers.map { $0.copy() }) }

  /// Emits all layers.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    var value = input
    for (index, layer) in layers.enumerated() {
      value = graph.emit(layer, named: "\(index)", input: value)
    }
    return value
  }

  /// The shape after all layers.
  public override func outputShape(for shape: Shape) -> Shape {
    layers.reduce(shape) { $1.outputShape(for: $0) }
  }

  /// The shape after every layer, in order.
  public func outputShapes(for shape: Shape) -> [Shape] {
    var shape = shape
    return layers.map { layer in
      shape = layer.outputShape(for: shape)
      return shape
    }
  }
}
