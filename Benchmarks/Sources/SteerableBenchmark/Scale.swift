import ArgumentParser
import Steerable

/// Time and memory of a training step of one steerable layer as one quantity grows and the others stay.
struct Scale: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures a steerable layer's training step against fields, group order, side, kernel size and batch.")
  @Option(help: "Seconds of measured steps for each point; one is always measured.") var limit = 0.5
  @OptionGroup var process: ProcessOptions

  struct Setting {
    var fields = 16
    var order = 8
    var side = 32
    var kernelSize = 5
    var batch = 8
  }

  struct Result: Encodable {
    let quantity: String
    let value: Int
    let seconds: [Double]
    let allocated: Int
  }

  private static var curves: [(quantity: String, values: [Int], key: WritableKeyPath<Setting, Int>)] {
    [
      ("fields", [4, 8, 16, 32, 64], \.fields), ("group order", [2, 4, 8, 16, 32], \.order),
      ("image side", [16, 32, 64, 128], \.side), ("kernel size", [3, 5, 7, 9, 11], \.kernelSize),
      ("batch", [2, 4, 8, 16, 32, 64], \.batch),
    ]
  }

  func run() throws {
    process.prepare()
    for curve in Self.curves {
      for value in curve.values {
        var setting = Setting()
        setting[keyPath: curve.key] = value
        let (times, bytes) = measure(setting)
        try report(Result(quantity: curve.quantity, value: value, seconds: times, allocated: bytes))
      }
    }
  }

  /// Steps of a layer that stands between others: its input has a gradient too.
  private func measure(_ setting: Setting) -> (seconds: [Double], bytes: Int) {
    var rng = Generator(seed: 0)
    let space = GSpace.rotations(setting.order)
    let type = FieldType(space, Array(repeating: space.regular, count: setting.fields))
    let layer = R2Conv(
      from: type, to: type, kernelSize: setting.kernelSize, padding: setting.kernelSize / 2, hasBias: false, rng: &rng)
    var adam = Adam(layer.parameters)
    let input = Tensor.randn([setting.batch, type.size, setting.side, setting.side], using: &rng)
      .toMemoryFormat(.channelsLast).requiringGradient()
    func step() {
      let output = layer(GeometricTensor(input, type)).tensor
      adam.step { output.square().mean().backward() }
    }
    step()
    let bytes = Torch.peakAllocation { step() }.bytes
    return (repeated(warmups: 0, limit: limit) { step() }, bytes)
  }
}
