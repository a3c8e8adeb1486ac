import Foundation
import Layers
import OrderedCollections
import Tensors
import Testing
import WeightExchange

/// Networks of e2cnn and escnn, built here with their weights, give the same outputs and gradients.
struct NetworkGoldenTests {
  static let cases =
    ["e2cnn", "escnn"].flatMap { library in GoldenNetwork.names.map { (library, $0) } }
    + GoldenNetwork.namesOfEscnn.map { ("escnn", $0) }

  @Test(arguments: cases) func outputsAndGradients(library: String, name: String) throws {
    let golden = try NetworkGolden("\(library)_\(name)")
    // escnn adds 1e-8 to the matrix that its Fourier layers invert.
    let tolerance = name == "so2_fourier" ? 1e-7 : 1e-9
    let network = try GoldenNetwork.named(name)
    let report = try network.importState(golden.state)
    #expect(report.largestResidual < 1e-7, "\(report.layers)")
    let convolutions = report.layers.filter { $0.method != .copied }
    #expect(!convolutions.isEmpty)
    // e2cnn's order is ours, so its weights come over number by number.
    if library == "e2cnn" { #expect(convolutions.allSatisfy { $0.method == .weights }, "\(convolutions)") }

    network.eval()
    let output = relativeDifference(network(golden["input"]), golden["output"])
    #expect(output < tolerance, "output in evaluation: \(output)")
    let single = try GoldenNetwork.named(name, dtype: .float32)
    try single.importState(golden.state)
    single.eval()
    let rounded = relativeDifference(single(golden["input"].to(.float32)), golden["output"])
    #expect(rounded < 1e-5, "output in single precision: \(rounded)")

    network.train()
    let input = Parameter(golden["input"])
    let trained = network(input.value)
    let training = relativeDifference(trained, golden["training.output"])
    #expect(training < tolerance, "output in training: \(training)")
    (trained * wave(trained.shape, 11)).mean().backward()
    let inputGradient = relativeDifference(try #require(input.grad), golden["gradient.input"])
    #expect(inputGradient < tolerance, "gradient of the input: \(inputGradient)")
    let weights = try gradientDifference(network, golden)
    #expect(weights < tolerance, "gradient of the weights: \(weights)")
    print(
      "golden networks: \(golden.name): output \(output), in float32 \(rounded), in training \(training), gradients "
        + "\(inputGradient) and \(weights), residual \(report.largestResidual)")
  }

  /// Compares derivatives along directions: a change of one of their parameters is a change of ours, which importing
  /// tells, whatever the bases.
  private func gradientDifference(_ network: GoldenNetwork, _ golden: NetworkGolden) throws -> Double {
    let probe = try GoldenNetwork.named(String(golden.name.drop { $0 != "_" }.dropFirst()))
    try probe.importState(golden.state)
    let before = probe.parameters.map { $0.parameter.value.clone() }
    let gradients = golden.entries("gradient.").filter { $0.key != "input" }
    #expect(!gradients.isEmpty)
    // A bias before a batch norm has no influence, so the scale is that of the largest gradient.
    let scale: Double = gradients.values.map { $0.norm().item() }.max() ?? 0
    var largest = 0.0
    for (number, (key, gradient)) in gradients.enumerated() {
      let direction = wave(gradient.shape, 31 * number)
      var tensors = golden.state.tensors
      tensors[key] = try #require(tensors[key]) + direction
      // Bases stay; filters of evaluation, which no longer fit, are not consulted.
      try probe.importState(ForeignStateDict(tensors, path: golden.name))
      var ours = 0.0
      for ((named, old), probed) in zip(zip(network.parameters, before), probe.parameters) {
        guard let grad = named.parameter.grad else { continue }
        ours += (grad * (probed.parameter.value.detach() - old)).sum().item()
      }
      let theirs: Double = (gradient * direction).sum().item()
      largest = max(largest, abs(ours - theirs) / (scale * direction.norm().item()))
    }
    return largest
  }
}
