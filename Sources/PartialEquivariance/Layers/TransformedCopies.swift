public import Layers
public import Tensors

/// Turns images by fixed group elements, one copy for each, by bilinear resampling with zeros outside.
///
/// **Shapes**: `[B, C, H, W]` to `[N·B, C, H, W]`, all images turned by the first element first.
///
/// **Symmetry**: exact for quarter turns and mirrored ones of square images, if centered.
///
/// **State**: none that is trained.
public final class TransformedCopies: Layer {
  /// The maps from places in a copy to places in the image, `[N, 2, 3]`.
  public let matrices: Buffer
  /// How pixels are matched.
  public let alignment: AugerinoNetwork.Alignment

  /// Creates a layer.
  public init(_ samples: GroupSamples, alignment: AugerinoNetwork.Alignment = .centered) {
    matrices = Buffer(withoutGradient { Self.matrices(samples).to(.float32) })
    self.alignment = alignment
  }

  /// Turns images by elements that may carry gradients.
  static func apply(_ images: Tensor, _ samples: GroupSamples, alignment: AugerinoNetwork.Alignment) -> Tensor {
    resample(images, matrices(samples).to(images.dtype).to(images.device), alignment)
  }

  /// Rows of images grow downwards, so a counter-clockwise turn looks clockwise in their coordinates.
  private static func matrices(_ samples: GroupSamples) -> Tensor {
    let angles = samples.angles[0]
    let (cosine, sine, zero) = (angles.cos(), angles.sin(), Tensor.zeros(angles.shape, dtype: .float64))
    var (a, b) = (cosine, -sine)
    if let signs = samples.signs?[0] { (a, b) = (signs * a, signs * b) }
    return Tensor.stacked([a, b, zero, sine, cosine, zero], along: 1).reshape([samples.count, 2, 3])
  }

  private static func resample(
    _ images: Tensor, _ matrices: Tensor, _ alignment: AugerinoNetwork.Alignment
  ) -> Tensor {
    let shape = images.shape
    let copies = matrices.shape[0]
    let grid = matrices.affineGrid(shape: [copies, shape[1], shape[2], shape[3]], alignsCorners: true)
      .repeatEach(shape[0], along: 0)
    return images.`repeat`([copies, 1, 1, 1]).gridSample(grid, alignsCorners: alignment == .centered)
  }

  /// The copies.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return Self.resample(x, matrices.value.to(x.dtype).to(x.device), alignment)
  }

  /// Emits the resampling.
  public override func emitScript(_ emitter: inout ScriptEmitter, input: String) -> String {
    let matrices = emitter.tensor(self.matrices.value, named: "matrices", isBuffer: true)
    let count = self.matrices.shape[0]
    let sizes = "[\(count), \(input).size(1), \(input).size(2), \(input).size(3)]"
    let grids = emitter.assign("torch.affine_grid_generator(\(matrices), \(sizes), True)")
    let grid = emitter.assign("torch.repeat_interleave(\(grids), \(input).size(0), 0)")
    let images = emitter.assign("\(input).repeat([\(count), 1, 1, 1])")
    let corners = ScriptEmitter.literal(alignment == .centered)
    return emitter.assign("torch.grid_sampler(\(images), \(grid), 0, 0, \(corners))")
  }

  /// The input's shape with more images.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return [shape[0] * matrices.shape[0], shape[1], shape[2], shape[3]]
  }

  private func check(_ shape: Shape) {
    guard shape.count == 4 else { Torch.fail(op: "TransformedCopies", "expected images [B, C, H, W], got \(shape)") }
  }

  /// Adds the number of copies.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("\(matrices.shape[0]) elements")
    if alignment != .centered { description.add("alignment", ".\(alignment)") }
  }
}
