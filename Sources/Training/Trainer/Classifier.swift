public import Layers
public import Tensors

/// A network that tells the class of images.
public protocol Classifier: Module {
  /// The scores (logits) of the classes.
  ///
  /// **Shapes**: `[N, C, H, W]` to `[N, classes]`.
  func callAsFunction(_ images: Tensor) -> Tensor
}
