public import Datasets
internal import EquivariantLayers
internal import Tensors
internal import Visualization

extension RotationTestResult {
  /// The figure of one source; `dataset` holds the images of the test, in its order.
  ///
  /// **Traps**: unless both have the source.
  public func figure(of source: Int, dataset: ImageDataset) -> RotationFigure {
    let shape = dataset.imageShape
    let image = Tensor(dataset.image(source), shape: shape.batch(1))
    let plane = GSpace.trivial
    let type = FieldType(plane, Array(repeating: plane.trivial, count: shape.channels))
    let masked = MaskModule(type, size: shape.height, margin: 1)
    let images = degrees.map { angle -> ScalarField in
      let turned = GSpace.rotate(image, angle: angle * .pi / 180)
      let values = masked(GeometricTensor(turned, type)).tensor.contiguous().scalars(as: Double.self)
      return ScalarField(
        width: shape.width, height: shape.height, values: Array(values.prefix(shape.height * shape.width)))
    }
    return RotationFigure(sources[source], degrees: degrees, classNames: classNames, images: images)
  }
}
