internal import Symmetry
internal import Tensors

/// Turns images by group elements, one copy for each, by bilinear resampling with zeros outside.
///
/// **Symmetry**: exact for quarter turns and mirrored ones of square images, if centered.
enum TurnedCopies {
  /// The maps from places in a copy to places in the image, `[N, 2, 3]`, for `affineGrid`.
  ///
  /// Rows of images grow downwards, so a counter-clockwise turn looks clockwise in their coordinates.
  static func matrices(_ samples: GroupSamples) -> Tensor {
    let angles = samples.angles[0]
    let (cosine, sine, zero) = (angles.cos(), angles.sin(), Tensor.zeros(angles.shape, dtype: .float64))
    var (a, b) = (cosine, -sine)
    if let signs = samples.signs?[0] { (a, b) = (signs * a, signs * b) }
    return Tensor.stacked([a, b, zero, sine, cosine, zero], along: 1).reshape([samples.count, 2, 3])
  }

  /// The copies `[N·B, C, H, W]` of images `[B, C, H, W]`, all images turned by the first element first.
  static func make(_ images: Tensor, _ matrices: Tensor, _ alignment: AugerinoNetwork.Alignment) -> Tensor {
    let shape = images.shape
    let copies = matrices.shape[0]
    let grid = matrices.to(images.dtype).to(images.device)
      .affineGrid(shape: [copies, shape[1], shape[2], shape[3]], alignsCorners: true).repeatEach(shape[0], along: 0)
    return images.`repeat`([copies, 1, 1, 1]).gridSample(grid, alignsCorners: alignment == .centered)
  }
}
