public import Tensors

/// Pads images on each side.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, top + H + bottom, left + W + right]`.
///
/// **Symmetry**: rotations by 90° and flips when all four amounts are equal.
public final class Pad2D: Layer {
  /// The rows above.
  public let top: Int
  /// The rows below.
  public let bottom: Int
  /// The columns on the left.
  public let left: Int
  /// The columns on the right.
  public let right: Int
  /// What the padding holds.
  public let mode: PaddingMode

  /// Creates a layer with equal amounts on all sides.
  public convenience init(_ amount: Int, mode: PaddingMode = .zeros) {
    self.init(top: amount, bottom: amount, left: amount, right: amount, mode: mode)
  }

  /// Creates a layer; a negative amount crops.
  public init(top: Int, bottom: Int, left: Int, right: Int, mode: PaddingMode = .zeros) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
    self.mode = mode
  }

  /// Pads.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return x.pad([left, right, top, bottom], mode: mode)
  }

  /// Emits the padding.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.pad(input, amounts: [left, right, top, bottom], mode: mode))
  }

  /// The padded shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return [shape[0], shape[1], shape[2] + top + bottom, shape[3] + left + right]
  }

  /// Adds the amounts.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("top", top)
    description.add("bottom", bottom)
    description.add("left", left)
    description.add("right", right)
    if mode != .zeros { description.add("mode", ".\(mode)") }
  }
}
