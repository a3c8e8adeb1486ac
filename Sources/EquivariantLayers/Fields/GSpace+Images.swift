import Foundation
public import Symmetry
public import Tensors

extension GSpace {
  /// Moves the pixels of images by a group element and leaves the channels alone: `(g · f)(x) = f(g⁻¹ x)`.
  ///
  /// **Shapes**: `[..., H, W]` to `[..., H, W]` (`[..., W, H]` for odd quarter turns of images that are not square);
  /// resampling
  /// needs `[N, C, H, W]`.
  ///
  /// **Symmetry**: exact for elements that map the pixel grid to itself; else resampled about the image center, with
  /// zeros
  /// outside.
  ///
  /// **Complexity**: linear in the number of values; a channels-last tensor stays channels-last.
  public func transform(
    _ images: Tensor, by element: GroupElement, interpolation: Interpolation = .bilinear
  ) -> Tensor {
    require(
      group.contains(element), "GSpace.transform", "the element \(element) does not belong to \(group.name)")
    if let action = latticeAction(of: element) { return lattice(images, action) }
    return Self.resample(images, matrix: planarMatrix(of: element), interpolation: interpolation)
  }

  private func lattice(_ images: Tensor, _ action: LatticeAction) -> Tensor {
    var result = images
    if action.reversesRows { result = result.flip([images.rank - 2]) }
    if action.quarterTurns != 0 { result = result.rot90(action.quarterTurns) }
    return result
  }

  /// Rotates images by any angle about their center, counter-clockwise, whether or not a group holds the angle.
  ///
  /// **Shapes**: `[N, C, H, W]` to the same.
  ///
  /// **Symmetry**: multiples of 90° are exact for square images; other angles are resampled.
  ///
  /// **Units**: radians.
  public static func rotate(_ images: Tensor, angle: Double, interpolation: Interpolation = .bilinear) -> Tensor {
    require(angle.isFinite, "GSpace.rotate", "the angle \(angle) is not finite")
    let angle = angle.truncatingRemainder(dividingBy: 2 * .pi)
    let quarters = (angle / (.pi / 2)).rounded()
    if abs(angle / (.pi / 2) - quarters) < 1e-9, images.shape[images.rank - 1] == images.shape[images.rank - 2] {
      let turns = ((Int(quarters) % 4) + 4) % 4
      return turns == 0 ? images : images.rot90(turns)
    }
    let (c, s) = (cos(angle), sin(angle))
    return resample(images, matrix: Matrix([[c, -s], [s, c]]), interpolation: interpolation)
  }

  /// Resamples `images` so that the value at `x` comes from `matrix⁻¹ x`; `matrix` is orthogonal.
  package static func resample(_ images: Tensor, matrix: Matrix, interpolation: Interpolation) -> Tensor {
    require(
      images.rank == 4, "GSpace.transform", "resampling needs images [N, C, H, W], got \(images.shape)")
    let (batch, height, width) = (images.shape[0], images.shape[2], images.shape[3])
    let (centerX, centerY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    var grid = [Double]()
    grid.reserveCapacity(height * width * 2)
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (Double(column) - centerX, centerY - Double(row))
        let sourceX = matrix[0, 0] * x + matrix[1, 0] * y
        let sourceY = matrix[0, 1] * x + matrix[1, 1] * y
        grid.append(centerX > 0 ? sourceX / centerX : sourceX * 2)
        grid.append(centerY > 0 ? -sourceY / centerY : -sourceY * 2)
      }
    }
    let working: DType = images.dtype == .float64 ? .float64 : .float32
    let grids = Tensor(grid, shape: [1, height, width, 2], dtype: working, device: images.device)
      .expand(to: [batch, height, width, 2])
    let source = images.dtype == working ? images : images.to(working)
    let result = source.gridSample(grids, mode: interpolation.gridSampleMode, alignsCorners: true)
    return images.dtype == working ? result : result.to(images.dtype)
  }
}
