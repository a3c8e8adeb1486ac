public import Layers
import Symmetry
public import Tensors

/// Enlarges (or reduces) fields by interpolation between pixels.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, scale · H, scale · W]`, or to a size that is given.
///
/// **Symmetry**: exact on the pixel grid for bilinear and bicubic interpolation, whether corners are aligned or not, and
/// for nearest pixels where both sizes are whole multiples; for quarter turns a given size must be square. Ask
/// `latticeWarning(for:)`. Other elements are approximate, and need both directions scaled alike: prefer `scale`; nearest
/// pixels are the worst there. Any representation will do.
///
/// **Traps**: unless exactly one of scale and size is given, when they are not positive, or when corners are aligned with
/// nearest pixels.
///
/// **escnn**: `R2Upsampling`, whose export in e2cnn loses the size; bicubic and exact nearest pixels are new here.
public final class R2Upsampling: EquivariantModule {
  private let resampling: Upsample2D

  /// Creates the layer.
  ///
  /// - Parameters:
  ///   - scale: The factor of both edges; nil when a size is given.
  ///   - size: The height and width of the output, or one number for both; nil when a scale is given.
  ///   - mode: `.bilinear`, `.bicubic`, `.nearest`, or `.nearestExact` (nearest to the pixels' centers).
  ///   - alignsCorners: Whether the centers of the corner pixels stay in place.
  public init(
    _ type: FieldType, scale: Int? = nil, size: (any SpatialValues)? = nil, mode: InterpolationMode = .bilinear,
    alignsCorners: Bool = false
  ) {
    let layer = "R2Upsampling"
    switch (scale, size) {
    case (let scale?, nil):
      require(scale >= 1, layer, "scale \(scale) is not positive")
      resampling = Upsample2D(.scale(scale), mode: mode, alignsCorners: alignsCorners)
    case (nil, let size?):
      guard let edges = size.values(count: 2), edges.allSatisfy({ $0 >= 1 }) else {
        fail(layer, "size must be one or two positive integers, got \(size)")
      }
      resampling = Upsample2D(.size(edges), mode: mode, alignsCorners: alignsCorners)
    default:
      fail(layer, "give either a scale or a size, not " + (scale == nil ? "neither" : "both"))
    }
    super.init(from: type, to: type)
  }

  /// How values between pixels are found.
  public var mode: InterpolationMode { resampling.mode }

  /// Whether the centers of the corner pixels stay in place.
  public var alignsCorners: Bool { resampling.alignsCorners }

  /// Interpolates the values.
  public override func forward(_ input: Tensor) -> Tensor { resampling(input) }

  /// The enlarged shape.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return resampling.outputShape(for: shape)
  }

  /// Tells when nearest pixels lie off center or the size suits no quarter turn.
  public override func latticeWarning(for shape: Shape) -> String? {
    let output = evaluateOutputShape(shape)
    let demands = LatticeDemands(inputType.space)
    if case .size(let edges) = resampling.target, demands.exchangesDirections, edges[0] != edges[1] {
      return
        "\(name) makes images of \(edges[0]) × \(edges[1]) pixels of all, so quarter turns are not exact; use scale"
    }
    for (axis, isReversed) in [demands.reversesHeight, demands.reversesWidth].enumerated()
    where isReversed && !isSymmetric(from: shape[axis + 2], to: output[axis + 2]) {
      return "\(name) with mode .\(mode) reads pixels off center when \(shape[axis + 2]) become \(output[axis + 2]),"
        + " so rotations and reflections are not exact; use .bilinear, or whole multiples"
    }
    return nil
  }

  /// Whether reversing the pixels before and after makes no difference; always so for weights of neighbors.
  private func isSymmetric(from input: Int, to output: Int) -> Bool {
    guard mode == .nearest || mode == .nearestExact else { return true }
    let step = Float(input) / Float(output)
    let shift: Float = mode == .nearest ? 0 : 0.5
    func source(_ index: Int) -> Int { min(Int(((Float(index) + shift) * step).rounded(.down)), input - 1) }
    return (0..<output).allSatisfy { source(output - 1 - $0) == input - 1 - source($0) }
  }

  /// The plain interpolation.
  public override func export() -> Layer {
    Upsample2D(resampling.target, mode: mode, alignsCorners: alignsCorners)
  }

  /// Adds the options to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    switch resampling.target {
    case .scale(let scale): description.add("scale", scale)
    case .size(let size): description.add("size", size)
    }
    if mode != .bilinear { description.add("mode", ".\(mode)") }
    if alignsCorners { description.add("alignsCorners", true) }
  }
}
