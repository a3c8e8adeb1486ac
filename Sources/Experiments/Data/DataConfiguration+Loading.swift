public import Datasets
internal import Homogenization

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
        from: folder, trainingCount: training + validation, validationCount: validation, testCount: test,
        rotation: rotation, seed: seed)
    case .rotatedMNISTOriginal:
      let folder = try DataFolder.resolve(folder, dataset: "rotated MNIST", source: RotatedMNIST.source)
      let all = try RotatedMNIST.loadOriginal(from: folder, validationCount: validation)
      try Self.check(training, of: all.training.count, "training")
      try Self.check(test, of: all.test.count, "test")
      return DatasetSplits(
        training: all.training.prefix(training), validation: all.validation, test: all.test.prefix(test))
    case .mnist:
      let folder = try DataFolder.resolve(folder, dataset: "MNIST", source: MNIST.source)
      return try splits(MNIST.load(.training, from: folder), MNIST.load(.test, from: folder))
    case .mnist6Turned, .mnist6Mirrored:
      let folder = try DataFolder.resolve(folder, dataset: "MNIST", source: MNIST.source)
      let change = kind == .mnist6Turned ? MNIST6.Change.halfTurn : .mirror
      let all = try MNIST6.load(.training, change: change, rotation: rotation, seed: seed, from: folder)
      let rest = try MNIST6.load(.test, change: change, rotation: rotation, seed: seed &+ 1, from: folder)
      let parts = try splits(all, rest)
      guard validateOnTest else { return parts }
      return DatasetSplits(training: parts.training, validation: parts.test, test: parts.test)
    case .cifar10:
      let folder = try DataFolder.resolve(folder, dataset: "CIFAR-10", source: CIFAR10.source)
      return try splits(
        CIFAR10.load(.training, from: folder, files: trainingFiles), CIFAR10.load(.test, from: folder, files: testFiles)
      )
    case .cifar100:
      let folder = try DataFolder.resolve(folder, dataset: "CIFAR-100", source: CIFAR100.source)
      return try splits(
        CIFAR100.load(.training, from: folder, files: trainingFiles),
        CIFAR100.load(.test, from: folder, files: testFiles))
    case .stl10:
      let folder = try DataFolder.resolve(folder, dataset: "STL-10", source: STL10.source)
      return try splits(STL10.load(.training, from: folder), STL10.load(.test, from: folder))
    case .miraBest, .miraBest2019, .frDEEP: return try loadRadioGalaxies(folder: folder)
    case .pcam:
      let folder = try DataFolder.resolve(folder, dataset: "PCam", source: PCam.source)
      return try PCam.load(training: training, validation: validation, test: test, seed: seed, from: folder)
    case .metamaterials:
      throw .invalid("metamaterials have tensors in the place of classes; loadCells(folder:) reads them")
    case .simulatedGalaxies:
      var parameters = RadioGalaxyParameters()
      // The pixels shrink as their number grows: the field of view stays.
      parameters.pixelScale *= Double(parameters.side) / Double(imageSide)
      parameters.side = imageSide
      return try RadioGalaxySimulator(parameters).splits(
        training: training, validation: validation, test: test, seed: seed)
    }
  }

  /// The first images of the training part, the next of it for validation, and the first of the test part.
  private func splits(_ all: ImageDataset, _ rest: ImageDataset) throws(DatasetError) -> DatasetSplits {
    try Self.check(training + validation, of: all.count, "training and validation")
    try Self.check(test, of: rest.count, "test")
    return DatasetSplits(
      training: all.prefix(training), validation: all.subset(Array(training..<(training + validation))),
      test: rest.prefix(test))
  }

  /// Files may hold fewer images than the published ones.
  static func check(_ wanted: Int, of count: Int, _ part: String) throws(DatasetError) {
    guard wanted <= count else {
      throw .invalid(
        "the data files have \(count) images for \(part), data.\(part.split(separator: " ")[0]) asks for \(wanted)")
    }
  }
}

extension DataConfiguration {
  /// The shape of one image, known before any is loaded.
  public var imageShape: ImageShape {
    switch kind {
    case .mnist, .rotatedMNIST, .rotatedMNISTOriginal, .mnist6Turned, .mnist6Mirrored: MNIST.imageShape
    case .cifar10: CIFAR10.imageShape
    case .cifar100: CIFAR100.imageShape
    case .stl10: STL10.imageShape
    case .miraBest, .miraBest2019, .frDEEP: ImageShape(height: galaxies.side, width: galaxies.side)
    case .pcam: PCam.imageShape
    case .simulatedGalaxies, .metamaterials: ImageShape(height: imageSide, width: imageSide)
    }
  }

  /// The names of the classes, in the order of their labels; none where quantities are predicted.
  public var classNames: [String] {
    switch kind {
    case .mnist, .rotatedMNIST, .rotatedMNISTOriginal: MNIST.classNames
    case .mnist6Turned: MNIST6.Change.halfTurn.classNames
    case .mnist6Mirrored: MNIST6.Change.mirror.classNames
    case .cifar10: CIFAR10.classNames
    case .cifar100: CIFAR100.classNames
    case .stl10: STL10.classNames
    case .miraBest, .miraBest2019, .frDEEP: galaxies.classNames(kind)
    case .pcam: PCam.classNames
    case .simulatedGalaxies: RadioGalaxySimulator.classNames
    case .metamaterials: []
    }
  }

  /// What is to be predicted.
  public var task: PredictionTask {
    kind == .metamaterials ? .quantities(ElasticityTensor.componentNames) : .classes(classNames)
  }

  /// What is subtracted from the images before a network sees them, and what they are divided by; nil for nothing.
  ///
  /// The published numbers of the whole data set, so that every part of it is treated alike.
  public var statistics: ImageStatistics? {
    guard normalize, let published else { return nil }
    return ImageStatistics(mean: mean ?? published.mean, standardDeviation: deviation ?? published.standardDeviation)
  }

  /// The numbers of the whole data set; nil for simulated images.
  private var published: ImageStatistics? {
    switch kind {
    case .cifar10: return CIFAR10.statistics
    case .cifar100: return CIFAR100.statistics
    case .stl10: return STL10.statistics
    case .pcam: return PCam.statistics
    case .mnist, .mnist6Turned, .mnist6Mirrored: return MNIST.statistics
    case .rotatedMNIST, .rotatedMNISTOriginal: return RotatedMNIST.statistics
    case .miraBest, .miraBest2019, .frDEEP: return galaxies.statistics(kind)
    case .simulatedGalaxies, .metamaterials: return nil
    }
  }
}
