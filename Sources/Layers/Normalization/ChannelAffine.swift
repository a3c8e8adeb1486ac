public import Tensors

/// Multiplies each channel by a number and adds another one.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: commutes with permutations of pixels; channels are treated one by one.
///
/// **State**: `scale` and `shift` `[C, 1, 1]`, not trained, where they are given.
public final class ChannelAffine: Layer {
  /// The factor of each channel, nil for 1.
  public let scale: Buffer?
  /// The summand of each channel, nil for 0.
  public let shift: Buffer?

  /// Creates a layer from vectors with one number for each channel.
  ///
  /// **Traps**: when the vectors have different lengths or both are absent.
  public init(scale: Tensor? = nil, shift: Tensor? = nil) {
    let shapes = [scale, shift].compactMap { $0?.shape }
    guard let first = shapes.first, first.count == 1, shapes.allSatisfy({ $0 == first }) else {
      Torch.fail(op: "ChannelAffine", "expected a scale or a shift [C], got \(shapes)")
    }
    self.scale = scale.map { Buffer($0.reshape([first[0], 1, 1])) }
    self.shift = shift.map { Buffer($0.reshape([first[0], 1, 1])) }
  }

  private var channels: Int { (scale ?? shift)?.shape[0] ?? 0 }

  /// Scales and shifts.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    var result = x
    if let scale { result = result * scale.value }
    if let shift { result = result + shift.value }
    return result
  }

  /// A layer with copies of both vectors.
  public override func copy() -> Layer {
    ChannelAffine(scale: scale?.value.reshape([channels]), shift: shift?.value.reshape([channels]))
  }

  /// Emits the product and the sum.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    var result = input
    if let scale { result = graph.add(.combine(result, .multiply, graph.tensor(scale, named: "scale"))) }
    if let shift { result = graph.add(.combine(result, .add, graph.tensor(shift, named: "shift"))) }
    return result
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: channels, layout: "[N, C, H, W]")
    return shape
  }

  /// Adds the number of channels.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(channels)
    if scale == nil { description.add("scale", "nil") }
    if shift == nil { description.add("shift", "nil") }
  }
}
