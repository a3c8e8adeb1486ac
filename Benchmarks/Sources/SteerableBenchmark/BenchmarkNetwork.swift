import ArgumentParser
import Datasets
import Experiments
import Steerable

/// A network of the comparison; `Benchmarks/peer/originals.py` has the same in escnn and e2cnn.
enum BenchmarkNetwork: String, ExpressibleByArgument, CaseIterable {
  case c8MNIST = "c8-mnist"
  case c8LeNet = "c8-lenet"
  case d16LeNet = "d16-lenet"
  case wrn10x4 = "wrn10-4-d4"
  case wrn16x8 = "wrn16-8-stl-d8d4d1"

  /// The images that the network gets, padded where its original pads them.
  var imageShape: ImageShape {
    switch self {
    case .c8MNIST: ImageShape(height: 29, width: 29)
    case .c8LeNet, .d16LeNet: ImageShape(height: 151, width: 151)
    case .wrn10x4: ImageShape(channels: 3, height: 33, width: 33)
    case .wrn16x8: ImageShape(channels: 3, height: 96, width: 96)
    }
  }

  private var classes: Int { self == .c8LeNet || self == .d16LeNet ? 2 : 10 }

  /// The configuration, below `Configs`, and what is changed in it.
  private var configuration: (file: String, overrides: [String]) {
    switch self {
    case .c8MNIST: ("rotated_mnist/model_notebook.yaml", [])
    case .c8LeNet: ("radio_galaxies/mirabest_dn16.yaml", ["model.kind=cn-steerable-lenet", "model.rotations=8"])
    case .d16LeNet: ("radio_galaxies/mirabest_dn16.yaml", [])
    case .wrn10x4: ("wide_resnet/wrn10_4_d4d2d1.yaml", [])
    case .wrn16x8: ("wide_resnet/wrn16_8_stl_d8d4d1.yaml", [])
    }
  }

  /// Reads the configuration and makes the network with fresh weights.
  func makeNetwork(configurations: String, hasDropout: Bool = true) throws -> any ImagePredictor {
    try makeNetwork(readConfiguration(from: configurations, hasDropout: hasDropout))
  }

  /// Reads the configuration of the network below the folder `Configs`.
  func readConfiguration(from folder: String, hasDropout: Bool = true) throws -> ModelConfiguration {
    let (file, overrides) = configuration
    let isWide = self == .wrn10x4 || self == .wrn16x8
    let changes = overrides + (isWide && !hasDropout ? ["model.dropout=0"] : [])
    return try Experiment(path: folder + "/" + file, overrides: changes).configuration.model
  }

  /// Makes the network with fresh weights.
  func makeNetwork(_ configuration: ModelConfiguration) throws -> any ImagePredictor {
    var rng = Generator(seed: 0)
    return try configuration.makeModel(imageShape: imageShape, classes: classes, rng: &rng)
  }

  /// Random images with classes.
  func makeBatch(of count: Int) -> (images: Tensor, labels: Tensor) {
    var rng = Generator(seed: 1)
    let shape = imageShape
    return (
      Tensor.randn([count, shape.channels, shape.height, shape.width], using: &rng),
      Tensor((0..<count).map { $0 % classes }, shape: [count])
    )
  }
}
