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
      try Self.check(training, of: all.training.count, "training")
      try Self.check(test, of: all.test.count, "test")
      return DatasetSplits(
        training: all.training.prefix(training), validation: all.validation, test: all.test.prefix(test))
    case .mnist:
      let folder = try DataFolder.resolve(folder, dataset: "MNIST", source: MNIST.source)
      let all = try MNIST.load(.training, from: folder)
      let rest = try MNIST.load(.test, from: folder)
      try Self.check(training + validation, of: all.count, "training and validation")
      try Self.check(test, of: rest.count, "test")
      return DatasetSplits(
        training: all.prefix(training), validation: all.subset(Array(training..<(training + validation))),
        test: rest.prefix(test))
    case .simulatedGalaxies:
      var parameters = RadioGalaxyParameters()
      // The pixels shrink as their number grows: the field of view stays.
      parameters.pixelScale *= Double(parameters.side) / Double(imageSide)
      parameters.side = imageSide
      return try RadioGalaxySimulator(parameters).splits(
        training: training, validation: validation, test: test, seed: seed)
    }
  }

  /// Files may hold fewer images than the published ones.
  private static func check(_ wanted: Int, of count: Int, _ part: String) throws(DatasetError) {
    guard wanted <= count else {
      throw .invalid(
        "the data files have \(count) images for \(part), data.\(part.split(separator: " ")[0]) asks for \(wanted)")
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
