import EquivariantLayers
import Foundation
import Interchange
import Layers
import ModelExport
import Symmetry
import Tensors
import TestSupport
import Testing

/// onnxruntime gives what the layers give.
@Suite(.enabled(if: Python.isAvailable, "no .cache/python; run Tools/setup-python.sh"))
struct ONNXRuntimeTests {
  /// Writes networks with inputs and outputs, and lets `Tools/check-onnx.py` run them.
  static func check(_ networks: [(name: String, network: Layer, input: Tensor)]) throws {
    try withFolder { folder in
      for (name, network, input) in networks {
        let output = withoutGradient { network(input) }
        try exportONNX(
          network, sampleShape: Shape(Array(input.shape.dropFirst())), to: folder.appending(path: "\(name).onnx"))
        try NumPy.write(input, to: folder.appending(path: "\(name).input.npy"))
        try NumPy.write(output.detach(), to: folder.appending(path: "\(name).output.npy"))
      }
      let reports = try ONNXRuntime.reports(of: folder)
      #expect(Set(reports.map(\.name)) == Set(networks.map(\.name)))
      if let worst = reports.map(\.difference).max() {
        print("onnxruntime, opset \(ONNX.operatorSet): \(reports.count) networks, largest difference \(worst)")
      }
      for report in reports {
        #expect(report.opset == ONNX.operatorSet)
        #expect(report.difference <= 1e-5, "\(report.name): \(report.difference)")
        #expect(report.alone <= 1e-5, "\(report.name), one sample alone: \(report.alone)")
      }
    }
  }

  @Test func everyLayerAlone() throws {
    var rng = Generator(seed: 1)
    try Self.check(
      LayerCase.all.map { example in
        (example.name, example.trained(&rng), example.samples(3, &rng))
      })
  }

  /// Layers that normalize by the batch's own statistics, for which samples are not independent.
  @Test func batchStatistics() throws {
    var rng = Generator(seed: 2)
    let layer = BatchNorm2D(3, tracksStatistics: false)
    layer.weight?.update { $0 + 0.3 * Tensor.randn($0.shape, using: &rng) }
    layer.eval()
    let input = Tensor.randn([1, 3, 5, 4], using: &rng)
    try Self.check([("batch-statistics", layer, input)])
  }

  @Test func steerableNetworks() throws {
    var networks: [(name: String, network: Layer, input: Tensor)] = []
    var rng = Generator(seed: 3)
    let finite: [(String, GSpace)] = [
      ("C8", .rotations(8)), ("D8", .dihedral(8)), ("C4", .rotations(4)), ("D4", .dihedral(4)),
    ]
    let made =
      finite.map { ($0, Self.regularNetwork($1, &rng)) }
      + [("SO2", GSpace.so2), ("O2", .o2)].map { ($0, Self.irrepNetwork($1, &rng)) }
    for (name, network) in made {
      let image = Tensor.randn([4, 1, 21, 21], using: &rng)
      for _ in 0..<2 { _ = withoutGradient { network(network.inputType(image)) } }
      network.eval()
      let expected = withoutGradient { network(network.inputType(image)).tensor }
      let plain = network.export()
      plain.eval()
      #expect(difference(withoutGradient { plain(image) }, expected) < 1e-5, "\(name)")
      networks.append((name, plain, image))
    }
    try Self.check(networks)
  }

  /// Two steerable convolutions with all that the finite groups offer between them.
  static func regularNetwork(_ space: GSpace, _ rng: inout Generator) -> SequentialModule {
    let image = FieldType(space, space.trivial)
    let hidden = FieldType(space, 3 * space.regular + 2 * space.trivial)
    let features = FieldType(space, 4 * space.regular)
    return SequentialModule(
      MaskModule(image, size: 21, margin: 1),
      R2Conv(from: image, to: hidden, kernelSize: 5, padding: 2, hasBias: false, rng: &rng),
      InnerBatchNorm(hidden), ReLU(hidden), PointwiseMaxPoolAntialiased(hidden, kernelSize: 3, stride: 2, padding: 1),
      R2Conv(from: hidden, to: features, kernelSize: 5, padding: 2, paddingMode: .circular, rng: &rng),
      InnerBatchNorm(features), ELU(features), PointwiseAvgPoolAntialiased(features, sigma: 0.66, stride: 2),
      GroupPooling(features), PointwiseAdaptiveAvgPool(GroupPooling(features).outputType, outputSize: 3))
  }

  /// The same for continuous groups: irreps, rescaled by their norms and by gates.
  static func irrepNetwork(_ space: GSpace, _ rng: inout Generator) -> SequentialModule {
    let irreps = space.group.irreps(maximumFrequency: 2).map { Representation($0) }
    let image = FieldType(space, space.trivial)
    let hidden = FieldType(space, 2 * space.trivial + irreps + irreps)
    let gated = FieldType(space, irreps.count * space.trivial + irreps)
    let gates = GatedNonLinearity1(gated, rng: &rng)
    let pool = NormPool(gates.outputType)
    return SequentialModule(
      MaskModule(image, size: 21, margin: 1),
      R2Conv(from: image, to: hidden, kernelSize: 5, padding: 2, hasBias: false, rng: &rng),
      IIDBatchNorm2D(hidden), NormNonLinearity(hidden), PointwiseAvgPoolAntialiased(hidden, sigma: 0.66, stride: 2),
      R2Conv(from: hidden, to: gated, kernelSize: 5, padding: 2, rng: &rng), GNormBatchNorm(gated), gates, pool,
      PointwiseAdaptiveAvgPool(pool.outputType, outputSize: 3))
  }
}
