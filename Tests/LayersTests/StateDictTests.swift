import Layers
import Tensors
import TestSupport
import Testing

private final class Classifier: Module {
  let conv: Conv2D
  let norm: BatchNorm2D
  let head: Linear
  init(seed: UInt64) {
    var rng = Generator(seed: seed)
    conv = Conv2D(from: 1, to: 2, kernelSize: 3, rng: &rng)
    norm = BatchNorm2D(2)
    head = Linear(from: 2, to: 3, rng: &rng)
  }
}

private final class Renamed: Module {
  let conv: Conv2D
  let norm: BatchNorm2D
  let fc: Linear
  override init() {
    var rng = Generator(seed: 9)
    conv = Conv2D(from: 1, to: 2, kernelSize: 3, rng: &rng)
    norm = BatchNorm2D(2)
    fc = Linear(from: 2, to: 3, rng: &rng)
  }
}

@Suite struct StateDictTests {
  @Test func keysAreThoseOfPyTorch() {
    #expect(
      Classifier(seed: 0).stateDict().keys == [
        "conv.weight", "conv.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var",
        "norm.num_batches_tracked", "head.weight", "head.bias",
      ])
  }

  @Test func roundTripIsExact() throws {
    let first = Classifier(seed: 0)
    let second = Classifier(seed: 1)
    #expect(!second.stateDict().isIdentical(to: first.stateDict()))
    let report = try second.load(first.stateDict())
    #expect(report.isComplete)
    #expect(second.stateDict().isIdentical(to: first.stateDict()))
    #expect(second.parameters.allSatisfy { $0.parameter.version == 1 && $0.parameter.value.requiresGradient })
  }

  @Test func dictionaryIsACopy() {
    let net = Classifier(seed: 0)
    let copy = net.stateDict()
    let view = net.stateDict(copying: false)
    net.head.bias?.assign(Tensor.full([3], 7))
    #expect(copy["head.bias"]?.sum().item() != 21)
    #expect(view["head.bias"]?.sum().item() == 21)
  }

  private func problems(_ state: StateDict, _ policy: LoadPolicy = .strict) -> (String, changed: Bool) {
    let net = Classifier(seed: 0)
    let before = net.stateDict()
    do {
      try net.load(state, policy: policy)
      return ("", !net.stateDict().isIdentical(to: before))
    } catch {
      return (error.description, !net.stateDict().isIdentical(to: before))
    }
  }

  @Test func missingKeyIsNamedWithASuggestion() {
    let (message, changed) = problems(Renamed().stateDict())
    #expect(message.contains("missing key \"head.weight\" (did you mean \"fc.weight\"?)"))
    #expect(message.contains("missing key \"head.bias\" (did you mean \"fc.bias\"?)"))
    #expect(message.contains("unexpected key \"fc.bias\" (did you mean \"head.bias\"?)"))
    #expect(!changed)
  }

  @Test func misspelledKey() {
    let state = Classifier(seed: 1).stateDict().renamingKeys { $0 == "conv.bias" ? "conv.bais" : $0 }
    #expect(problems(state).0.contains("missing key \"conv.bias\" (did you mean \"conv.bais\"?)"))
    #expect(problems(state, .lenient).0.isEmpty)
  }

  @Test func wrongShapeChangesNothing() {
    var state = Classifier(seed: 1).stateDict()
    state["head.bias"] = Tensor.zeros([4])
    for policy in [LoadPolicy.strict, .converting, .lenient] {
      let (message, changed) = problems(state, policy)
      #expect(message == "\"head.bias\" has shape [4], expected [3]")
      #expect(!changed)
    }
  }

  @Test func wrongTypeNeedsConversion() {
    var state = Classifier(seed: 1).stateDict()
    state["conv.weight"] = state["conv.weight"]?.to(.float64)
    let (message, changed) = problems(state)
    #expect(message == "\"conv.weight\" is float64, expected float32")
    #expect(!changed)
    #expect(problems(state, .converting) == ("", true))
    state["conv.weight"] = state["conv.weight"]?.to(.int64)
    #expect(problems(state, .lenient).0 == "\"conv.weight\" is int64, expected float32")
  }

  @Test func everyProblemIsCollected() {
    var state = Classifier(seed: 1).stateDict()
    state["head.bias"] = nil
    state["norm.weight"] = Tensor.zeros([5])
    state["extra"] = Tensor.zeros([1])
    do {
      try Classifier(seed: 0).load(state)
      Issue.record("loaded")
    } catch {
      #expect(
        error.problems == [
          .missing(key: "head.bias", suggestion: nil), .unexpected(key: "extra", suggestion: nil),
          .shape(key: "norm.weight", expected: [2], found: [5]),
        ])
    }
  }

  @Test func lenientLoadReportsWhatItLeftAside() throws {
    var state = Classifier(seed: 1).stateDict()
    let weight = try #require(state["head.weight"])
    state["head.bias"] = nil
    state["extra"] = Tensor.zeros([1])
    let net = Classifier(seed: 0)
    let report = try net.load(state, policy: .lenient)
    #expect(report.missingKeys == ["head.bias"] && report.unexpectedKeys == ["extra"])
    #expect(difference(net.head.weight.value, weight) == 0)
  }

  @Test func dictionariesCanBeArranged() {
    let state: StateDict = ["a.w": Tensor.ones([1]), "a.b": Tensor.zeros([1]), "c": Tensor.ones([2])]
    #expect(state.nested("a").keys == ["w", "b"])
    #expect(state.prefixed("x").keys == ["x.a.w", "x.a.b", "x.c"])
    #expect(state.filter { $0.hasSuffix("b") }.keys == ["a.b"])
    #expect(state.map(\.key) == state.keys)
    #expect(state.to(.float64)["c"]?.dtype == .float64)
    #expect(state.difference(from: state.copy()) == nil)
    var other = state.copy()
    other["c"] = Tensor.full([2], 1.5)
    #expect(state.difference(from: other) == "\"c\" differs by up to 0.5")
    #expect(state.difference(from: other, tolerance: 0.5) == nil)
    other["c"] = nil
    #expect(state.difference(from: other) == "\"c\" is unexpected")
    #expect(other.difference(from: state) == "\"c\" is missing")
  }
}
