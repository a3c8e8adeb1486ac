public import Layers
public import Tensors

/// A network that predicts something of images: their class, or quantities.
public protocol Predictor: Module {
  /// The scores (logits) of the classes, or the predicted quantities.
  ///
  /// **Shapes**: `[N, C, H, W]` to `[N, classes]` or `[N, quantities]`.
  func callAsFunction(_ images: Tensor) -> Tensor
}

/// A network that tells the class of images.
public typealias Classifier = Predictor
