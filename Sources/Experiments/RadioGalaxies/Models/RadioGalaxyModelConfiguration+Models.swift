internal import Datasets
internal import Tensors

extension RadioGalaxyModelConfiguration {
  /// A fresh network for images of a shape.
  ///
  /// **Throws**: `ModelError` when the layers do not fit the images.
  func makeModel(
    imageShape: ImageShape, classes: Int, rng: inout Generator
  ) throws(ModelError) -> any DropoutClassifier {
    switch kind {
    case .vanillaLeNet: try VanillaLeNet(self, imageShape: imageShape, classes: classes, rng: &rng)
    case .cnSteerableLeNet, .dnSteerableLeNet:
      try SteerableLeNet(self, imageShape: imageShape, classes: classes, rng: &rng)
    case .dnRestrictedLeNet: try RestrictedLeNet(self, imageShape: imageShape, classes: classes, rng: &rng)
    case .hmtNet: try HMTNet(self, imageShape: imageShape, classes: classes, rng: &rng)
    }
  }
}
