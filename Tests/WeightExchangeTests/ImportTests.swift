import EquivariantLayers
import Foundation
import Interchange
import Layers
import OrderedCollections
import Symmetry
import Tensors
import Testing
import WeightExchange

/// How modules find each other, and what happens when they do not.
struct ImportTests {
  private func renamed(_ state: ForeignStateDict, _ rename: (String) -> String) -> ForeignStateDict {
    var tensors: OrderedDictionary<String, Tensor> = [:]
    for (key, tensor) in state.tensors { tensors[rename(key)] = tensor }
    return ForeignStateDict(tensors, path: state.path)
  }

  private func without(_ state: ForeignStateDict, _ isDropped: (String) -> Bool) -> ForeignStateDict {
    ForeignStateDict(state.tensors.filter { !isDropped($0.key) }, path: state.path)
  }

  private func difference(_ network: GoldenNetwork, _ golden: NetworkGolden) -> Double {
    network.eval()
    return relativeDifference(network(golden["input"]), golden["output"])
  }

  /// The error of an import, which must leave the network as it was.
  private func error(
    _ network: Module, _ state: ForeignStateDict, options: ImportOptions = ImportOptions()
  ) -> String {
    let before = network.stateDict()
    do {
      try network.importState(state, options: options)
      return "no error"
    } catch {
      #expect(network.stateDict().isIdentical(to: before))
      return "\(error)"
    }
  }

  // MARK: Files and keys

  @Test(arguments: [("e2cnn_c4", "c4"), ("e2cnn_classifier", nil), ("escnn_classifier", nil)])
  func filesOfTorchSave(file: String, name: String?) throws {
    let state = try ForeignStateDict(NetworkGolden.folder.appendingPathComponent("\(file).pt"))
    let golden = try NetworkGolden(file)
    #expect(
      state.tensors.keys.elements.filter { !$0.contains("indices") && !$0.hasSuffix("mask") }
        == golden.state.tensors.keys.elements)
    guard let name else { return }
    let network = try GoldenNetwork.named(name)
    try network.importState(state)
    #expect(difference(network, golden) < 1e-5)
  }

  @Test func safetensorsAndDataParallelKeys() throws {
    let golden = try NetworkGolden("escnn_d4")
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try Safetensors.write(renamed(golden.state) { "module." + $0 }.tensors, to: url)
    let network = try GoldenNetwork.named("d4")
    try network.importState(try ForeignStateDict(url))
    #expect(difference(network, golden) < 1e-9)
  }

  @Test(arguments: ["e2cnn_c4", "escnn_c4"]) func modulesInOrder(name: String) throws {
    let golden = try NetworkGolden(name)
    let state = renamed(golden.state) {
      $0.replacing("body.0.", with: "block1.0.").replacing("body.1.", with: "block1.1.")
        .replacing("body.4.", with: "block2.conv.").replacing("body.5.", with: "block2.bn.")
        .replacing("head.", with: "fully_net.")
    }
    let network = try GoldenNetwork.named("c4")
    let report = try network.importState(state)
    #expect(report.layers.map(\.theirs).prefix(4) == ["block1.0", "block1.1", "block2.conv", "block2.bn"])
    #expect(difference(network, golden) < 1e-9)
  }

  @Test func modulesByName() throws {
    let golden = try NetworkGolden("e2cnn_restricted")
    // The last convolution comes first in the file, so order misleads.
    var tensors: OrderedDictionary<String, Tensor> = [:]
    for (key, tensor) in golden.state.tensors where key.hasPrefix("body.6.") {
      tensors[key.replacing("body.6.", with: "last.")] = tensor
    }
    for (key, tensor) in golden.state.tensors where !key.hasPrefix("body.6.") {
      tensors[key.replacing("body.", with: "net.")] = tensor
    }
    let state = ForeignStateDict(tensors, path: "shuffled.pt")
    let network = try GoldenNetwork.named("restricted")
    #expect(error(network, state).contains("shuffled.pt: \"last\""))
    try network.importState(state, options: ImportOptions(modules: ["body.6": "last"]))
    #expect(difference(network, golden) < 1e-9)
    #expect(
      error(network, state, options: ImportOptions(modules: ["body.9": "last"])).contains(
        "the network has no module \"body.9\" with state; it has \"body.0\""))
    #expect(
      error(network, state, options: ImportOptions(modules: ["body.6": "final"])).contains(
        "the file has no module \"final\"; it has \"last\""))
  }

  // MARK: Weights

  /// Saved in training mode there is no filter; with the bases none is needed.
  @Test(arguments: ["e2cnn_d4", "escnn_d4"]) func withoutFilters(name: String) throws {
    let golden = try NetworkGolden(name)
    let network = try GoldenNetwork.named("d4")
    try network.importState(without(golden.state) { $0.hasSuffix("filter") || $0.hasSuffix("expanded_bias") })
    #expect(difference(network, golden) < 1e-9)
  }

  /// Without the bases, the filter of evaluation tells; it is in single precision here.
  @Test(arguments: [("e2cnn_d4", ImportReport.Layer.Method.weights), ("escnn_d4", .projected)])
  func withoutBases(name: String, method: ImportReport.Layer.Method) throws {
    let golden = try NetworkGolden(name)
    let network = try GoldenNetwork.named("d4")
    let report = try network.importState(without(golden.state) { $0.contains("basisexpansion") })
    #expect(report.layers[0].method == method)
    #expect(difference(network, golden) < 1e-6)
  }

  @Test func weightsAlone() throws {
    let golden = try NetworkGolden("e2cnn_d4")
    let alone = without(golden.state) { $0.contains("basisexpansion") || $0.hasSuffix("filter") }
    let network = try GoldenNetwork.named("d4")
    #expect(error(network, alone).contains("so their order is unknown"))
    try network.importState(alone, options: ImportOptions(trustsWeights: true))
    #expect(difference(network, golden) < 1e-9)
    // A filter of zeros was never computed.
    var fresh = golden.state.tensors.filter { !$0.key.contains("basisexpansion") }
    for (key, tensor) in fresh where key.hasSuffix("filter") { fresh[key] = Tensor.zeros(like: tensor) }
    #expect(error(network, ForeignStateDict(fresh)).contains("so their order is unknown"))
  }

  /// An exported network: plain convolutions and batch norms with numbers for each channel.
  @Test(arguments: ["c4", "d4", "d8"]) func exportedNetworks(name: String) throws {
    let golden = try NetworkGolden("e2cnn_\(name)")
    let original = try GoldenNetwork.named(name)
    try original.importState(golden.state)
    original.eval()
    var tensors = Sequential(original.body.parts.map { $0.export() }).stateDict().entries
    for (key, tensor) in original.head?.stateDict().entries ?? [:] { tensors["head." + key] = tensor }
    let network = try GoldenNetwork.named(name)
    let report = try network.importState(ForeignStateDict(tensors, path: "exported"))
    #expect(report.layers[0].method == .projected)
    #expect(report.largestResidual < 1e-12)
    #expect(difference(network, golden) < 1e-9)
  }

  @Test func plainLayers() throws {
    var rng = Generator(seed: 3)
    let head = Sequential(Linear(from: 2, to: 3, rng: &rng), BatchNorm1D(3))
    let folder = NetworkGolden.folder.deletingLastPathComponent()
    let report = try head.importState(try ForeignStateDict(folder.appendingPathComponent("pickle/checkpoint.pt")))
    #expect(report.layers.map(\.method) == [.copied, .copied])
    #expect(head.stateDict()["1.num_batches_tracked"]?.item() == 1.0)
    let alone = Linear(from: 2, to: 3, rng: &rng)
    let state = try ForeignStateDict(folder.appendingPathComponent("pickle/checkpoint.pt"))
    try alone.importState(ForeignStateDict(StateDict(state.tensors).nested("0").entries))
    #expect(alone.stateDict().isIdentical(to: head.stateDict().nested("0")))
  }

  // MARK: What does not fit

  @Test func anotherMirrorLine() throws {
    // Both networks have the same shapes; their mirror lines differ.
    let network = try GoldenNetwork.named("d8")
    let g = try GSpace("D8", axis: .pi / 5)
    let (a, b) = (FieldType(g, g.trivial), FieldType(g, g.regular))
    var rng = Generator(seed: 0)
    let other = GoldenNetwork([
      R2Conv(from: a, to: b, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng), InnerBatchNorm(b, dtype: .float64),
      ReLU(b), GroupPooling(b),
    ])
    let golden = try NetworkGolden("escnn_d8")
    try network.importState(golden.state)
    let message = error(other, golden.state)
    #expect(message.contains("filters lie outside of the kernels of our layers, by \"body.0\""), "\(message)")
    #expect(message.contains("(allowed is 0.0001)"), "\(message)")
  }

  @Test func convolutionThatIsNotSteerable() throws {
    let network = try GoldenNetwork.named("d8")
    var tensors = network.body.parts[0].export().stateDict().prefixed("conv").entries
    tensors["conv.weight"] = wave([16, 1, 3, 3], 2)
    tensors["conv.bias"] = Tensor.ones([16], dtype: .float64)
    for (key, tensor) in network.body.parts[1].export().stateDict().entries { tensors["norm." + key] = tensor }
    #expect(error(network, ForeignStateDict(tensors)).contains("or the convolution is not steerable"))
  }

  @Test func missingAndUnexpectedEntries() throws {
    let golden = try NetworkGolden("e2cnn_c4")
    let network = try GoldenNetwork.named("c4")
    func message(_ state: ForeignStateDict) -> String { error(network, state) }
    #expect(message(without(golden.state) { $0.hasPrefix("head.1.") }).contains("\"head.3\" is a linear layer"))
    #expect(message(without(golden.state) { $0.hasPrefix("head.3.") }).contains("the file ends before \"head.3\""))
    #expect(
      message(without(golden.state) { $0 == "body.1.batch_norm_[1].running_var" }).contains(
        "\"body.1\" for \"body.1\" (InnerBatchNorm): there is no \"batch_norm_[1].running_var\""))
    #expect(message(without(golden.state) { $0 == "body.0.bias" }).contains("\"body.0\": there is no bias; ours has 3"))
    var tensors = golden.state.tensors
    tensors["body.1.momentum"] = Tensor.zeros([1])
    #expect(message(ForeignStateDict(tensors)).contains("nothing in the network takes \"body.1.momentum\""))
    tensors["body.1.momentum"] = nil
    tensors["extra.weight"] = Tensor.zeros([2, 2])
    #expect(message(ForeignStateDict(tensors)).contains("the file holds \"extra\", which the network has not"))
    tensors["extra.weight"] = nil
    tensors["body.0.weights"] = Tensor.zeros([7])
    #expect(message(ForeignStateDict(tensors)).contains("the weights have shape [7]"))
    #expect(error(network, try NetworkGolden("e2cnn_d4").state).contains("\"body."))
  }

  // MARK: To the other library

  /// What goes out under the keys of a template comes back, and equals the template where it came from it.
  @Test(arguments: NetworkGoldenTests.cases) func roundTrip(library: String, name: String) throws {
    let golden = try NetworkGolden("\(library)_\(name)")
    let network = try GoldenNetwork.named(name)
    try network.importState(golden.state)
    network.eval()
    let (tensors, report) = try network.exportState(like: golden.state)
    #expect(report.largestResidual < 1e-7)
    #expect(tensors.keys == golden.state.tensors.keys)
    for (key, tensor) in golden.state.tensors {
      let found = try #require(tensors[key])
      #expect(found.dtype == tensor.dtype && found.shape == tensor.shape, "\(key)")
      if tensor.count > 0 { #expect(relativeDifference(found, tensor) < 1e-6, "\(key)") }
    }
    // A template with other numbers gives the same.
    let blank = ForeignStateDict(golden.state.tensors.mapValues { $0 }, path: "blank")
    let fresh = try GoldenNetwork.named(name)
    let again = try fresh.exportState(like: blank).tensors
    let copy = try GoldenNetwork.named(name)
    try copy.importState(ForeignStateDict(again))
    fresh.eval()
    copy.eval()
    #expect(relativeDifference(copy(golden["input"]), fresh(golden["input"])) < 1e-9)
  }

  private static let python = NetworkGolden.folder.appendingPathComponent("../../../.cache/goldens").standardizedFileURL

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: python.appendingPathComponent("complete").path),
      "no e2cnn and escnn: Tools/setup-goldens.sh"),
    arguments: ["e2cnn_c4", "escnn_c4"])
  func loadsInPython(name: String) throws {
    let golden = try NetworkGolden(name)
    let network = try GoldenNetwork.named("c4")
    try network.importState(golden.state)
    network.eval()
    let template = try ForeignStateDict(NetworkGolden.folder.appendingPathComponent("e2cnn_c4.pt"))
    // Masks and indices are in the real file only; both libraries have them in the same places.
    let indices = template.tensors.filter { golden.state.tensors[$0.key] == nil }
    let full = golden.state.tensors.merging(indices) { first, _ in first }
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try Safetensors.write(try network.exportState(like: ForeignStateDict(full)).tensors, to: url)
    let process = Process()
    process.executableURL = Self.python.appendingPathComponent("bin/python")
    process.arguments = [
      NetworkGolden.folder.appendingPathComponent("../../../Tools/make-network-goldens.py").path, "--check", name,
      url.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    print("load_state_dict of \(name): \(text)")
    // escnn prints lines of its own.
    let words = text.split(whereSeparator: \.isWhitespace)
    let place = try #require(words.firstIndex(of: "difference").map { $0 + 1 }, "\(text)")
    let number = try #require(Double(words[place]), "\(text)")
    // The bases of the e2cnn template are in single precision.
    #expect(number < 1e-7)
  }
}
