public import Datasets

extension DataConfiguration {
  /// Reads or simulates the images.
  ///
  /// - Parameter folder: Where data files lie; nil looks at the environment variable `STEERABLE_DATA`.
  ///
  /// **Throws**: `DatasetError` when a file is missing or broken; it says where to get it.
  public func load(folder: String?) throws(DatasetError) -> DatasetSplits {
    switch kind {
    case .rotatedMNIST:
      let folder = try DataFolder.resolve(folder, dataset: "rotated MNIST", source: RotatedMNIST.source)
      return try RotatedMNIST.make(
        from: folder, trainingCount: training + validation, validationCount: validation, testCount: test, seed: seed)
    case .rotatedMNISTOriginal:
      let folder = try DataFolder.resolve(folder, dataset: "rotated MNIST", source: RotatedMNIST.source)
      let all = try RotatedMNIST.loadOriginal(from: folder, validationCount: validation)
      return DatasetSplits(
        training: all.training.prefix(training), validation: all.validation, test: all.test.prefix(test))
    case .mnist:
      let folder = try DataFolder.resolve(folder, dataset: "MNIST", source: MNIST.source)
      let all = try MNIST.load(.training, from: folder)
      let order = (0..<all.count).map { $0 }
      return DatasetSplits(
        training: all.subset(Array(order.prefix(training))),
        validation: all.subset(Array(order.dropFirst(training).prefix(validation))),
        test: try MNIST.load(.test, from: folder).prefix(test))
    case .simulatedGalaxies:
      var parameters = RadioGalaxyParameters()
      // The pixels shrink as their number grows: the field of view stays.
      parameters.pixelScale *= Double(parameters.side) / Double(imageSide)
      parameters.side = imageSide
      return try RadioGalaxySimulator(parameters).splits(
        training: training, validation: validation, test: test, seed: seed)
    }
  }
}

extension DataConfiguration {
  /// The shape of one image, known before any is loaded.
  public var imageShape: ImageShape {
    kind == .simulatedGalaxies ? ImageShape(height: imageSide, width: imageSide) : MNIST.imageShape
  }

  /// The names of the classes, in the order of their labels.
  public var classNames: [String] {
    kind == .simulatedGalaxies ? RadioGalaxySimulator.classNames : MNIST.classNames
  }
}
