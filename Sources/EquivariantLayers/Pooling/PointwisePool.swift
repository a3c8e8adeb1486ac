public import Layers
public import Tensors

/// What the pooling layers with a sliding window share.
///
/// **Symmetry**: exact on the pixel grid when the windows lie symmetrically, `(size + 2·padding − extent) % stride
/// == 0`.
open class PointwisePool: EquivariantModule {
  /// The edge of the window in pixels.
  public let kernelSize: Int

  /// The step between windows.
  public let stride: Int

  /// The pixels added at each edge.
  public let padding: Int

  /// The step between the pixels of a window.
  public let dilation: Int

  /// Whether a last window that leaves the image counts.
  public let roundsUp: Bool

  init(
    _ type: FieldType, kernelSize: Int, stride: Int?, padding: Int, dilation: Int = 1, roundsUp: Bool = false,
    needsPermutation: Bool = true
  ) {
    self.kernelSize = kernelSize
    self.stride = stride ?? kernelSize
    self.padding = padding
    self.dilation = dilation
    self.roundsUp = roundsUp
    super.init(from: type, to: type)
    require(
      kernelSize >= 1 && self.stride >= 1 && padding >= 0 && dilation >= 1, name,
      "kernel size \(kernelSize), stride \(self.stride), padding \(padding), dilation \(dilation) make no window")
    if needsPermutation { Self.requirePointwise(type, name) }
  }

  var window: SlidingWindow {
    SlidingWindow(
      kernelSize: kernelSize, padding: (padding, padding), stride: stride, dilation: dilation, roundsUp: roundsUp)
  }

  /// The shape of the output.
  open override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return window.outputShape(shape, channels: outputType.size, name: name)
  }

  /// Tells when windows lie off center.
  open override func latticeWarning(for shape: Shape) -> String? {
    window.warning(shape, name: name, space: inputType.space)
  }

  /// Adds the window to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("kernelSize", kernelSize)
    description.add("stride", stride)
    if padding != 0 { description.add("padding", padding) }
  }
}
