internal import Layers
internal import Tensors

/// The places of a kernel's weights that lie in the disk of radius 1, in the square from -1 to 1.
///
/// A kernel is zero outside of the disk, so that turning it never moves a weight out of the square.
final class KernelGrid: SelfContained {
  /// The edge of the kernel in pixels.
  let size: Int
  /// The positions in the square, row by row, of the points inside the disk, piece after piece.
  let taps: [Int]
  /// The coordinates of these points, x to the right and y upwards, `[2, taps]` of `float64`.
  let points: Tensor
  /// Ordinary convolutions whose sum is that with the whole kernel, without the zeros outside of the disk.
  let pieces: [KernelPiece]

  private var indices: [Device: Tensor] = [:]

  /// Creates the grid of a kernel.
  init(size: Int) {
    self.size = size
    let step = size > 1 ? 2 / Double(size - 1) : 0
    let start = size > 1 ? -1.0 : 0
    func point(_ tap: Int) -> (x: Double, y: Double) {
      (start + Double(tap % size) * step, -(start + Double(tap / size) * step))
    }
    // The radius does not change when the kernel turns, so it is taken before, with room for rounding.
    let disk = (0..<size * size).filter {
      let (x, y) = point($0)
      return x * x + y * y <= 1 + 1e-6
    }
    (taps, pieces) = KernelPiece.pieces(of: disk, size: size)
    points = Tensor(taps.map { point($0).x } + taps.map { point($0).y }, shape: [2, taps.count])
  }

  /// `taps` as a tensor.
  func index(on device: Device) -> Tensor {
    if let known = indices[device] { return known }
    let index = Tensor(taps, shape: [taps.count], device: device)
    indices[device] = index
    return index
  }

  /// The highest angular frequency that pixels of this kernel can carry, in radians per unit of its coordinates.
  var nyquist: Double { Double.pi * Double(max(1, size - 1)) / 2 }
}
