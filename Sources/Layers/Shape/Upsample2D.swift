public import Tensors

/// Enlarges or reduces images by interpolation.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']` with the given size, or with each size times the scale, rounded down.
///
/// **Symmetry**: rotations by 90° and flips for square images; approximate for others.
public final class Upsample2D: Layer {
  /// How the size of the output is found.
  public enum Target: Hashable, Sendable {
    /// The size along each axis.
    case size([Int])
    /// The input's size times an integer.
    case scale(Int)
  }

  /// How the size of the output is found.
  public let target: Target
  /// How values between pixels are found.
  public let mode: InterpolationMode
  /// Whether the centers of the corner pixels stay in place.
  public let alignsCorners: Bool

  /// Creates a layer.
  ///
  /// **Traps**: unless sizes and scales are positive; when corners are aligned with nearest pixels.
  public init(_ target: Target, mode: InterpolationMode = .bilinear, alignsCorners: Bool = false) {
    let isValid =
      switch target {
      case .size(let size): size.count == 2 && size.allSatisfy { $0 > 0 }
      case .scale(let scale): scale > 0
      }
    guard isValid else { Torch.fail(op: "Upsample2D", "needs two positive sizes or a positive scale, got \(target)") }
    guard mode != .linear, mode != .trilinear else {
      Torch.fail(op: "Upsample2D", "mode .\(mode) is not for images; use .bilinear")
    }
    guard !alignsCorners || mode == .bilinear || mode == .bicubic else {
      Torch.fail(op: "Upsample2D", "cannot align corners with mode .\(mode)")
    }
    self.target = target
    self.mode = mode
    self.alignsCorners = alignsCorners
  }

  /// Interpolates.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    let size = Array(outputShape(for: x.shape).suffix(2))
    return x.interpolate(size: size, mode: mode, alignsCorners: alignsCorners)
  }

  /// Emits the interpolation.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.resize(input, target: target, mode: mode, alignsCorners: alignsCorners))
  }

  /// The enlarged shape.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    switch target {
    case .size(let size): return [shape[0], shape[1], size[0], size[1]]
    case .scale(let scale): return [shape[0], shape[1], shape[2] * scale, shape[3] * scale]
    }
  }

  /// Adds the options.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(".\(target)")
    description.add("mode", ".\(mode)")
    if alignsCorners { description.add("alignsCorners", true) }
  }
}
