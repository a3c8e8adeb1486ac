internal import Tensors

/// A part of a kernel that is an ordinary convolution by itself.
///
/// The disk of a kernel of 5 or 7 pixels is a square with one more pixel on each side. The square, the upper and lower
/// tip, and the left and right one are three convolutions (two with holes) of 13 weights in place of 25, or 29 of 49.
struct KernelPiece {
  /// The rows and columns of the piece.
  let size: (rows: Int, columns: Int)
  /// The distances of its weights in pixels.
  let dilation: (rows: Int, columns: Int)
  /// Which of the grid's taps it has, row by row.
  let taps: Range<Int>

  /// Whether the taps are all of its weights; else the others are zero.
  var isFull: Bool { taps.count == size.rows * size.columns }

  /// The zeros around the image, with which a kernel of `kernelSize` has `margin`; negative where the image is cropped.
  func padding(kernelSize: Int, margin: Int) -> (rows: Int, columns: Int) {
    func one(_ count: Int, _ dilation: Int) -> Int { margin - (kernelSize - (count - 1) * dilation - 1) / 2 }
    return (one(size.rows, dilation.rows), one(size.columns, dilation.columns))
  }

  /// Orders the taps of a disk by pieces; one piece of the whole square if they do not fall into a square and four tips.
  static func pieces(of disk: [Int], size: Int) -> (taps: [Int], pieces: [KernelPiece]) {
    let whole = KernelPiece(size: (size, size), dilation: (1, 1), taps: 0..<disk.count)
    let middle = size / 2
    let inside = Set(disk)
    func square(_ radius: Int) -> [Int] {
      (middle - radius...middle + radius).flatMap { row in
        (middle - radius...middle + radius).map { row * size + $0 }
      }
    }
    guard
      let radius = (0..<max(middle, 0)).last(where: { square($0).allSatisfy(inside.contains) }), radius > 0
    else { return (disk, [whole]) }
    let core = square(radius)
    let tips = [middle, (size - 1) * size + middle, middle * size, middle * size + size - 1]
    guard Set(core + tips) == inside, core.count + tips.count == disk.count else { return (disk, [whole]) }
    let (n, edge) = (core.count, 2 * radius + 1)
    return (
      core + tips,
      [
        KernelPiece(size: (edge, edge), dilation: (1, 1), taps: 0..<n),
        KernelPiece(size: (2, 1), dilation: (size - 1, 1), taps: n..<(n + 2)),
        KernelPiece(size: (1, 2), dilation: (1, size - 1), taps: (n + 2)..<(n + 4)),
      ]
    )
  }
}
