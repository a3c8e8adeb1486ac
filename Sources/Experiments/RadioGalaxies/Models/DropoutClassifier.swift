public import Tensors

/// A classifier with dropout in its last layers only, so that many random passes share everything before.
public protocol DropoutClassifier: ImageClassifier {
  /// What reaches the first dropout; the same in every pass in evaluation mode.
  ///
  /// **Shapes**: `[N, C, H, W]` to `[N, features]`.
  func features(_ images: Tensor) -> Tensor

  /// The logits of such features.
  ///
  /// **Shapes**: `[N, features]` to `[N, classes]`.
  func logits(ofFeatures features: Tensor) -> Tensor
}

extension DropoutClassifier {
  /// The logits of images.
  public func callAsFunction(_ images: Tensor) -> Tensor { logits(ofFeatures: features(images)) }
}
