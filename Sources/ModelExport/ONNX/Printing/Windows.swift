/// The windows of a pooling layer over images.
struct Windows {
  let size: [Int]
  let stride: [Int]
  let padding: [Int]
  let dilation: [Int]
  let roundsUp: Bool

  /// How far a window reaches along an axis.
  func span(_ axis: Int) -> Int { dilation[axis] * (size[axis] - 1) + 1 }

  /// How many windows there are along an axis.
  func count(_ axis: Int, in length: Int) -> Int {
    let room = length + 2 * padding[axis] - span(axis)
    var count = (roundsUp ? room + stride[axis] - 1 : room) / stride[axis] + 1
    // The last window must begin inside the image or its near padding.
    if roundsUp, (count - 1) * stride[axis] >= length + padding[axis] { count -= 1 }
    return count
  }

  /// How far the last window reaches beyond the padding at the far side, which only rounding up makes happen.
  ///
  /// Engines differ in the windows at the border when they round up themselves, so files state this as padding.
  func excess(_ axis: Int, in length: Int) -> Int {
    max(0, (count(axis, in: length) - 1) * stride[axis] + span(axis) - length - 2 * padding[axis])
  }
}
