import ArgumentParser
import Steerable

/// Training steps of a steerable network and of its plain equivalent, in turn in one process.
struct Overhead: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures training steps of a network in turn with those of the plain network of equal widths.")
  @Argument(help: "The network.") var network: BenchmarkNetwork
  @Option(help: "Images of a batch.") var batch = 64
  @Option(help: "float32, or bfloat16 for automatic casts.") var precision: Precision = .float32
  @Option(help: "Seconds of measured steps of both; one pair is always measured.") var limit = 6.0
  @OptionGroup var process: ProcessOptions

  struct Result: Encodable {
    let seconds: [Double]
    let plain: [Double]
    let parameters: Int
    let plainParameters: Int
  }

  func run() throws {
    process.prepare()
    // An exported network has no dropout.
    let model = try network.makeNetwork(configurations: process.configurations, hasDropout: false)
    guard let layers = model.steerableLayers else {
      throw ValidationError("'\(network.rawValue)' has no steerable layers")
    }
    let plain = Sequential([layers.export()] + model.plainLayers.layers)
    plain.to(.channelsLast)
    plain.setRequiresGradient(true)
    plain.train()
    let images = network.makeBatch(of: batch)
    var steerable = Trainee(model, images, precision: precision)
    var ordinary = Trainee(plain, images, precision: precision)
    _ = steerable.step()
    _ = ordinary.step()
    var times: [Double] = []
    var plainTimes: [Double] = []
    repeat {
      times.append(steerable.step())
      plainTimes.append(ordinary.step())
    } while (times + plainTimes).reduce(0, +) < limit
    try report(
      Result(
        seconds: times, plain: plainTimes, parameters: model.parameterCount, plainParameters: plain.parameterCount))
  }
}
