import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct TorchScriptModuleTests {
  static func weight() -> Tensor { wave(3, 2, 3, 3).to(.float32) }
  static func input() -> Tensor { wave(1, 2, 6, 6, phase: 1).to(.float32) }

  /// A convolution, a batch normalization and a linear layer under dotted names.
  static func network() throws -> TorchScriptModule {
    let value = TorchScriptModule.expression(for:)
    let source = """
      def forward(self, x):
        y = torch.conv2d(x, \(value("blocks.0.weight")), None, [1, 1], [1, 1], [1, 1], 1)
        y = torch.batch_norm(y, \(value("norm.weight")), None, \(value("norm.running_mean")), \
      \(value("norm.running_var")), False, 0.1, 1e-05, True)
        y = torch.relu(y)
        return torch.linear(torch.flatten(torch.adaptive_avg_pool2d(y, [2, 2]), 1), \(value("p0")))
      """
    return try TorchScriptModule(
      source: source,
      parameters: [
        ("blocks.0.weight", weight()), ("norm.weight", wave(3, phase: 2).to(.float32)),
        ("p0", wave(4, 12, phase: 3).to(.float32)),
      ],
      buffers: [
        ("norm.running_mean", wave(3, phase: 4).to(.float32)),
        ("norm.running_var", (wave(3, phase: 5).abs() + 1).to(.float32)),
      ])
  }

  static func expected() -> Tensor {
    input().conv2d(weight(), padding: 1)
      .batchNorm(
        mean: wave(3, phase: 4).to(.float32), variance: (wave(3, phase: 5).abs() + 1).to(.float32),
        weight: wave(3, phase: 2).to(.float32)
      )
      .relu().adaptiveAvgPool2d(2).flatten(from: 1).linear(wave(4, 12, phase: 3).to(.float32))
  }

  private func distance(_ a: Tensor, _ b: Tensor) -> Double { (a - b).abs().max().item() }

  private func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  @Test func runsFromSource() throws {
    #expect(distance(try Self.network()(Self.input()), Self.expected()) < 1e-5)
  }

  @Test func roundTrip() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "model.pt").path
      try Self.network().write(to: path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.pt"])
      let loaded = try TorchScriptModule.load(from: path)
      #expect(distance(loaded(Self.input()), Self.expected()) < 1e-5)
      #expect(
        Set(loaded.names) == ["blocks.0.weight", "norm.weight", "p0", "norm.running_mean", "norm.running_var"])
      #expect(distance(try loaded.tensor(named: "blocks.0.weight"), Self.weight()) == 0)
      #expect(throws: TorchError.self) { try loaded.tensor(named: "blocks.1.weight") }
    }
  }

  struct Answer: Decodable {
    let names: [String]
    let values: [Double]
    let training: Bool
  }

  @Test(.enabled(if: Python.isAvailable, "\(Python.isAbsent)"))
  func pythonLoadsTheFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "model.pt").path
      try Self.network().write(to: path)
      let program = """
        import json, sys, torch
        model = torch.jit.load(sys.argv[1])
        training = model.training
        model.eval()
        x = torch.sin(0.7 * torch.arange(72, dtype=torch.float64) + 1).reshape(1, 2, 6, 6).float()
        values = model(x).flatten().tolist()
        print(json.dumps({"names": list(model.state_dict()), "values": values, "training": training}))
        """
      let answer: Answer = try Python.run(program, [path])
      #expect(Set(answer.names) == Set(try Self.network().names))
      #expect(!answer.training)
      let expected = Self.expected().scalars(as: Double.self)
      #expect(zip(answer.values, expected).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(answer.values.count == expected.count)
    }
  }

  @Test func optimizedGivesTheSame() throws {
    let optimized = try Self.network().optimizedForInference()
    #expect(distance(withoutGradient { optimized(Self.input()) }, Self.expected()) < 1e-5)
  }

  @Test func frozenGivesTheSameAndHoldsNoParameters() throws {
    let frozen = try Self.network().frozen()
    #expect(distance(withoutGradient { frozen(Self.input()) }, Self.expected()) < 1e-5)
    #expect(try !Self.network().names.isEmpty && frozen.names.isEmpty)
  }

  @Test func severalInputsAndResults() throws {
    let module = try TorchScriptModule(source: "def forward(self, x, y):\n  return x + y, x - y")
    let results = module([Tensor([3.0, 4], shape: [2]), Tensor([1.0, 2], shape: [2])])
    #expect(results.map { $0.scalars(as: Double.self) } == [[4, 6], [2, 2]])
    let list = try TorchScriptModule(source: "def forward(self, x):\n  return [x, x * 2]")
    #expect(list([Tensor([3.0], shape: [1])]).map { $0.item() } == [3, 6])
  }

  @Test func everyTensorIsReleased() async {
    await #expect(processExitsWith: .success) {
      func work() {
        let x = wave(1, 2, 6, 6, phase: 1).to(.float32).requiringGradient()
        let logits = TorchScriptModuleTests.expected().requiringGradient()
        crossEntropy(logits: logits, targets: Tensor([3], shape: [1])).backward()
        x.maxPool2dWithIndices(2).values.sum().backward()
        _ = try? TorchScriptModuleTests.network()(x)
        _ = try? x.checked.conv2d(wave(1, 5, 3, 3).to(.float32))
        _ = withAutocast { x.conv2d(TorchScriptModuleTests.weight()) }
        var rng = Generator(seed: 1)
        _ = positiveMatrix(3).svd().u.fft().viewAsReal().dropout(0.5, using: &rng)
      }
      work()
      let before = Torch.liveTensorCount
      for _ in 0..<3 { work() }
      precondition(Torch.liveTensorCount == before, "\(Torch.liveTensorCount) tensors live, before \(before)")
    }
  }

  /// In a process of its own, because other tests make tensors at the same time.
  @Test func failuresReleaseWhatTheyMade() async {
    await #expect(processExitsWith: .success) {
      // Only one of the three gradients exists; the others are undefined tensors.
      let source = """
        def forward(self, x, w):
          return torch.convolution_backward(
            x, x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [True, False, False])
        """
      let module = try TorchScriptModule(source: source)
      let x = wave(1, 1, 4, 4)
      let w = wave(1, 1, 1, 1)
      func work() {
        let error = #expect(throws: TorchError.self) { try module.run([x, w]) }
        precondition(error?.description.contains("undefined tensor") == true, "\(String(describing: error))")
        precondition((try? module.run([x])) == nil)
      }
      work()
      let before = Torch.liveTensorCount
      for _ in 0..<3 { work() }
      precondition(Torch.liveTensorCount == before, "\(Torch.liveTensorCount) tensors live, before \(before)")
    }
  }

  /// The last use of the module is the call itself.
  @Test func programsLiveAsLongAsTheirCalls() throws {
    for _ in 0..<20 {
      #expect(distance(try Self.network()(Self.input()), Self.expected()) < 1e-5)
      #expect(try Self.network().names.count == 5)
      #expect(distance(try Self.network().tensor(named: "blocks.0.weight"), Self.weight()) == 0)
    }
  }

  @Test(arguments: [
    ("weight", "self.weight"), ("a.b_1", "self.a.b_1"), ("a.0.b", #"getattr(self.a, "0").b"#),
    ("a.class", #"getattr(self.a, "class")"#),
  ])
  func expressions(_ name: String, _ expression: String) {
    #expect(TorchScriptModule.expression(for: name) == expression)
  }

  @Test func errorsTellWhat() throws {
    #expect(throws: TorchError.self) {
      try TorchScriptModule(source: "def forward(self, x):\n  return torch.nothing(x)")
    }
    #expect(throws: TorchError.self) { try TorchScriptModule(source: "def forward(self") }
    let twice = #expect(throws: TorchError.self) {
      try TorchScriptModule(
        source: "def forward(self, x):\n  return x", parameters: [("a", wave(1)), ("a", wave(1))])
    }
    #expect(twice?.description.contains("\"a\" is registered twice") == true)
    #expect(throws: TorchError.self) {
      try TorchScriptModule(
        source: "def forward(self, x):\n  return x", parameters: [("a", wave(1)), ("a.b", wave(1))])
    }
    #expect(throws: TorchError.self) {
      try TorchScriptModule(source: "def forward(self, x):\n  return x", parameters: [("a..b", wave(1))])
    }
    let module = try Self.network()
    let shapes = #expect(throws: TorchError.self) { try module.run([wave(1, 5, 6, 6)]) }
    #expect(shapes?.description.hasPrefix("TorchScriptModule.forward([1, 5, 6, 6]): ") == true)
    #expect(throws: TorchError.self) { try module.run([Self.input()], method: "backward") }
    let missing = #expect(throws: TorchError.self) { try TorchScriptModule.load(from: "/nowhere/model.pt") }
    #expect(missing?.description.contains("/nowhere/model.pt: ") == true)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "text.pt").path
      try Data("no archive".utf8).write(to: URL(filePath: path))
      #expect(throws: TorchError.self) { try TorchScriptModule.load(from: path) }
    }
    #expect(throws: TorchError.self) { try module.write(to: "/nowhere/model.pt") }
  }
}
