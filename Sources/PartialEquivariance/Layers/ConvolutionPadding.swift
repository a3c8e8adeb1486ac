/// What surrounds the image of a continuous convolution.
public enum ConvolutionPadding: String, Codable, CaseIterable, Sendable {
  /// Zeros, so that the output has the input's size.
  case same
  /// Nothing: the kernel stays inside the image.
  case valid
}
