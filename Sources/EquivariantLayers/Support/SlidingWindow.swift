package import Tensors

/// The geometry of a window that slides over an image: sizes of outputs, and whether the grid's symmetry survives.
package struct SlidingWindow: Sendable {
  package var kernelSize: Int
  package var padding: (Int, Int) = (0, 0)
  package var stride: Int = 1
  package var dilation: Int = 1
  package var roundsUp = false

  private var extent: Int { dilation * (kernelSize - 1) + 1 }

  /// The number of positions along an edge of `size` pixels.
  package func outputSize(_ size: Int, padding: Int) -> Int {
    let room = size + 2 * padding - extent
    if room < 0 { return 0 }
    guard roundsUp else { return room / stride + 1 }
    var positions = (room + stride - 1) / stride + 1
    // A last window that starts in the padding is left out.
    if (positions - 1) * stride >= size + padding { positions -= 1 }
    return positions
  }

  /// The output shape for an input shape, with another number of channels.
  package func outputShape(_ shape: Shape, channels: Int, name: String) -> Shape {
    let height = outputSize(shape[2], padding: padding.0)
    let width = outputSize(shape[3], padding: padding.1)
    require(
      height > 0 && width > 0, name,
      "nothing remains of images \(shape[2]) × \(shape[3]) with kernel size \(kernelSize), dilation \(dilation), padding \(padding)"
    )
    return [shape[0], channels, height, width]
  }

  /// Why the symmetries of the grid that a space has are broken for a shape, nil when they are kept.
  ///
  /// A direction that some element reverses needs windows that lie symmetrically, so that the last one ends at the
  /// padded
  /// border: `(size + 2·padding − extent) % stride == 0`. Elements that exchange the two directions need equal
  /// paddings.
  package func warning(_ shape: Shape, name: String, space: GSpace) -> String? {
    let demands = LatticeDemands(space)
    let directions = [
      (shape[2], padding.0, "height", demands.reversesHeight), (shape[3], padding.1, "width", demands.reversesWidth),
    ]
    for (size, pad, direction, isReversed) in directions where isReversed {
      let rest = (size + 2 * pad - extent) % stride
      if rest != 0 {
        return
          "\(name) with kernel size \(kernelSize), padding \(pad), stride \(stride) leaves \(rest) of \(size) pixels of "
          + "\(direction) uncovered at one side, so rotations and reflections are not exact; "
          + "choose (size + 2·padding − \(extent)) divisible by \(stride)"
      }
    }
    if demands.exchangesDirections, padding.0 != padding.1 {
      return "\(name) pads height by \(padding.0) and width by \(padding.1), so quarter turns are not exact"
    }
    return nil
  }
}
