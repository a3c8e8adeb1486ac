public import Tensors

extension PaddingMode {
  /// Padding with zeros.
  public static var zeros: PaddingMode { .constant }
}
