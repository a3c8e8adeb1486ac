import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors

/// The laws that every module obeys; each check tells what is violated.
enum PropertyCheck: String, CaseIterable, Sendable {
  case equivariance, types, export, script, state, layout, gradients, description, batch, precision

  /// The violations of the law by a module, on images of `size` × `size` pixels.
  ///
  /// - Parameter twin: A module made in the same way with other random numbers.
  func violations(of module: EquivariantModule, twin: EquivariantModule, size: Int) -> [String] {
    let tester = EquivarianceTester(size: size, batch: 2, seed: 7)
    let input = tester.noise(module.inputType)
    switch self {
    case .equivariance: return Self.equivariance(module, tester)
    case .types: return Self.types(module, input)
    case .export: return Self.export(module, input)
    case .script: return Self.script(module, input)
    case .state: return Self.state(module, twin, input)
    case .layout: return Self.layout(module, input)
    case .gradients: return Self.gradients(module, input)
    case .description: return Self.description(module)
    case .batch: return Self.batch(module, input)
    case .precision: return Self.precision(module, input)
    }
  }

  private static func evaluated(_ module: EquivariantModule, _ input: GeometricTensor) -> GeometricTensor {
    module.evaluating { withoutGradient { module(input) } }
  }

  /// The largest difference relative to the largest value, at least 1.
  private static func distance(_ found: Tensor, _ expected: Tensor) -> Double {
    guard found.shape == expected.shape else { return .infinity }
    let distance = maximumDifference(found, expected) / max(1, expected.to(.float64).abs().max().item())
    return distance.isNaN ? .infinity : distance
  }

  /// f(g · x) = g · f(x) for all elements that map the pixel grid to itself.
  private static func equivariance(_ module: EquivariantModule, _ tester: EquivarianceTester) -> [String] {
    let space = module.inputType.space
    let shape = tester.inputShape(module.inputType)
    if let warning = module.latticeWarning(for: shape) { return ["warns: \(warning)"] }
    let elements = space.latticeElements.filter { module.outputType.space.element($0, of: space) != nil }
    let report = tester.report(module, elements: elements)
    return report.isLatticeExact(tolerance: 1e-9) ? [] : ["\(report)"]
  }

  /// The output has the type and the shape that the module promises.
  private static func types(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let output = evaluated(module, input)
    let promised = module.evaluateOutputShape(input.shape)
    var violations: [String] = []
    if output.type != module.outputType { violations.append("gives \(output.type), not \(module.outputType)") }
    if output.shape != promised { violations.append("gives \(output.shape), promises \(promised)") }
    if !output.tensor.isAllFinite { violations.append("gives numbers that are not finite") }
    return violations
  }

  /// Plain layers compute the same, with parameters of their own.
  private static func export(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let expected = evaluated(module, input).tensor
    let layer = module.evaluating { module.export() }
    var violations: [String] = []
    let own = Set(module.parameters.map { ObjectIdentifier($0.parameter) })
    for named in layer.parameters where own.contains(ObjectIdentifier(named.parameter)) {
      violations.append("the exported \(named.key) is the module's own")
    }
    layer.to(.float64)
    layer.eval()
    let fused = Sequential(layer).fused(inputRank: 4)
    for (name, plain) in [("exported", layer), ("fused", fused)] {
      let found = withoutGradient { plain(input.tensor) }
      let difference = distance(found, expected)
      if !(difference < 1e-9) { violations.append("the \(name) layers differ by \(difference): \(plain)") }
      let promised = plain.outputShape(for: input.shape)
      if promised != expected.shape {
        violations.append("the \(name) layers promise \(promised), not \(expected.shape)")
      }
    }
    return violations
  }

  /// The exported layers compute the same as TorchScript.
  private static func script(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let layer = module.evaluating { module.export() }
    layer.to(.float64)
    layer.eval()
    do {
      let difference = distance(try torchScript(of: layer)(input.tensor), evaluated(module, input).tensor)
      return difference < 1e-9 ? [] : ["the script differs by \(difference)"]
    } catch {
      return ["no script: \(error)"]
    }
  }

  /// The keys are the same in every mode, and the state decides the output.
  private static func state(
    _ module: EquivariantModule, _ twin: EquivariantModule, _ input: GeometricTensor
  ) -> [String] {
    module.train()
    let fresh = module.stateDict().keys
    module.eval()
    _ = withoutGradient { module(input) }
    let evaluating = module.stateDict().keys
    module.train()
    var violations: [String] = []
    if fresh != evaluating || module.stateDict().keys != fresh {
      violations.append("keys differ between modes: \(fresh) and \(evaluating)")
    }
    do {
      try twin.load(module.stateDict())
      let difference = distance(evaluated(twin, input).tensor, evaluated(module, input).tensor)
      if !(difference < 1e-12) { violations.append("after a round trip the output differs by \(difference)") }
    } catch {
      violations.append("its state is refused: \(error)")
    }
    return violations
  }

  /// The memory layout of the input does not matter.
  private static func layout(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let difference = distance(
      evaluated(module, input.toMemoryFormat(.channelsLast)).tensor,
      evaluated(module, input.toMemoryFormat(.contiguous)).tensor)
    return difference < 1e-11 ? [] : ["channels-last input gives an output that differs by \(difference)"]
  }

  /// Gradients reach the input and every parameter in both modes; in evaluation they are the derivatives.
  private static func gradients(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    var rng = Generator(seed: 3)
    let x = Parameter(input.tensor)
    let cells = [("input", x)] + module.parameters.map { ($0.key, $0.parameter) }
    var violations: [String] = []
    for isTraining in [true, false] {
      if isTraining { module.train() } else { module.eval() }
      for (_, cell) in cells { cell.zeroGradient() }
      let output = module(GeometricTensor(x.value, module.inputType)).tensor
      guard output.requiresGradient else {
        violations.append("the output has no gradient \(isTraining ? "in training" : "in evaluation")")
        continue
      }
      let probe = Tensor.randn(output.shape, using: &rng, dtype: .float64)
      (output * probe).sum().backward()
      for (key, cell) in cells {
        guard let gradient = cell.grad else {
          violations.append("\(key) has no gradient \(isTraining ? "in training" : "in evaluation")")
          continue
        }
        if !gradient.isAllFinite { violations.append("the gradient of \(key) is not finite") }
        guard !isTraining else { continue }
        let values = cell.value.detach().clone()
        let direction = Tensor.randn(values.shape, using: &rng, dtype: .float64)
        let slope = (gradient * direction).sum().item()
        func loss(_ step: Double) -> Double {
          cell.assign(values + direction * step)
          return withoutGradient { (module(GeometricTensor(x.value, module.inputType)).tensor * probe).sum().item() }
        }
        let numeric = (loss(1e-6) - loss(-1e-6)) / 2e-6
        cell.assign(values)
        if !(abs(numeric - slope) < 1e-5 * max(1, abs(slope))) {
          violations.append("the gradient along a direction of \(key) is \(slope), differences give \(numeric)")
        }
      }
    }
    module.train()
    return violations
  }

  /// The printed line has the class, the type of the input, and that of the output when it is another.
  private static func description(_ module: EquivariantModule) -> [String] {
    let output = module.outputType == module.inputType ? [] : ["\(module.outputType)"]
    let parts = ["\(Swift.type(of: module))(", "\(module.inputType)"] + output
    return parts.filter { !module.line.contains($0) }.map { "the line \"\(module.line)\" lacks \($0)" }
  }

  /// In evaluation mode the images of a batch do not know each other.
  private static func batch(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let together = evaluated(module, input).images(1..<2).tensor
    let difference = distance(evaluated(module, input.images(1..<2)).tensor, together)
    return difference < 1e-11 ? [] : ["an image alone gives an output that differs by \(difference)"]
  }

  /// The output has the input's type of numbers.
  private static func precision(_ module: EquivariantModule, _ input: GeometricTensor) -> [String] {
    let precise = evaluated(module, input)
    module.to(.float32)
    let single = evaluated(module, input.to(.float32))
    module.to(.float64)
    let difference = distance(single.tensor, precise.tensor)
    return (precise.dtype == .float64 && single.dtype == .float32 ? [] : ["gives \(precise.dtype) and \(single.dtype)"])
      + (difference < 1e-3 ? [] : ["float32 differs by \(difference)"])
  }
}
