import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

/// A module that scales its input, with one fault; a check that does not report its fault is useless.
private final class FaultyModule: EquivariantModule {
  enum Fault: CaseIterable {
    case none, unequalChannels, falseType, falseShape, falseExport, sharedExport, hiddenState, layoutMatters, detached
    case infiniteGradient, falseGradient, silent, batchMatters, alwaysSingle

    /// The check that must report it.
    var check: PropertyCheck? {
      switch self {
      case .none: nil
      case .unequalChannels: .equivariance
      case .falseType, .falseShape: .types
      case .falseExport, .sharedExport: .export
      case .hiddenState: .state
      case .layoutMatters: .layout
      case .detached, .infiniteGradient, .falseGradient: .gradients
      case .silent: .description
      case .batchMatters: .batch
      case .alwaysSingle: .precision
      }
    }
  }

  let factor = Parameter(Tensor(1.5, dtype: .float64))
  let fault: Fault
  private let hidden: Double

  init(_ type: FieldType, _ fault: Fault, hidden: Double = 1) {
    self.fault = fault
    self.hidden = hidden
    super.init(from: type, to: type)
  }

  override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    let output = super.callAsFunction(input)
    return fault == .falseType ? GeometricTensor(output.tensor, outputType.reversed) : output
  }

  override func forward(_ input: Tensor) -> Tensor {
    let output = input * factor.value
    switch fault {
    case .unequalChannels:
      let factors = (0..<inputType.size).map { 1 + Double($0) }
      return output * Tensor(factors, shape: [1, inputType.size, 1, 1], dtype: input.dtype)
    case .hiddenState: return output * hidden
    case .layoutMatters: return input.isContiguous(.channelsLast) ? output * 2 : output
    case .detached: return output.detach()
    case .infiniteGradient: return output + (input - input).sqrt()
    case .falseGradient: return output + output - output.detach()
    case .batchMatters: return output - input.mean(along: 0, keepingDimensions: true)
    case .alwaysSingle: return output.to(.float32)
    default: return output
    }
  }

  override func evaluateOutputShape(_ shape: Shape) -> Shape {
    fault == .falseShape ? [shape[0], shape[1], 1, 1] : shape
  }

  override func export() -> Layer {
    switch fault {
    case .falseExport: return Multiply(factor.value + 1e-6)
    case .sharedExport: return Scale(factor)
    case .unequalChannels:
      let factors = (0..<inputType.size).map { 1 + Double($0) }
      return Multiply(Tensor(factors, shape: [1, inputType.size, 1, 1], dtype: .float64) * factor.value)
    default: return Multiply(factor.value)
    }
  }

  override func describe(_ description: inout ModuleDescription) {
    if fault != .silent { super.describe(&description) }
    if outputType == inputType { description.add("fault", fault) }
  }
}

/// A plain layer with the parameter of a module.
private final class Scale: Layer {
  let factor: Parameter
  init(_ factor: Parameter) { self.factor = factor }
  override func callAsFunction(_ x: Tensor) -> Tensor { x * factor.value }
  override func copy() -> Layer { Scale(factor) }
  override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.combine(input, .multiply, graph.tensor(factor, named: "factor")))
  }
}

struct PropertyControls {
  /// Each fault is reported by its check; without a fault nothing is reported.
  @Test func everyCheckCanFail() {
    let c4 = GSpace.rotations(4)
    let type = FieldType(c4, [c4.regular, c4.trivial])
    for fault in FaultyModule.Fault.allCases {
      let (module, twin) = (FaultyModule(type, fault), FaultyModule(type, fault, hidden: 2))
      for check in PropertyCheck.allCases where fault == .none || check == fault.check {
        let violations = check.violations(of: module, twin: twin, size: 5)
        #expect(violations.isEmpty == (fault == .none), "\(check) of a module with the fault \(fault): \(violations)")
      }
    }
    let unproven = Set(PropertyCheck.allCases).subtracting(FaultyModule.Fault.allCases.compactMap(\.check))
    #expect(unproven == [.script], "the script check compares as the export check does")
  }
}
