public import Layers
public import Tensors

/// Modules side by side, each on fields of its own, with their outputs joined.
///
/// **Shapes**: the channels of the first module's input, then those of the second's, and so on; likewise the output.
/// All modules must give images of one size.
///
/// **Symmetry**: exact when all branches are.
///
/// **Traps**: without branches, or when their spaces differ.
///
/// **State**: keys are positions, `0.weights`.
///
/// **escnn**: `MergeModule`.
public final class MergeModule: EquivariantModule {
  /// The modules in order.
  public let branches: [EquivariantModule]

  /// The positions are keys of their own.
  public override class var stateKeys: [String: String] { ["branches": ""] }

  /// Joins modules.
  public init(_ branches: [EquivariantModule]) {
    guard let first = branches.first else { fail("MergeModule", "needs at least one branch") }
    self.branches = branches
    let rest = branches.dropFirst()
    super.init(
      from: rest.reduce(first.inputType) { $0 + $1.inputType }, to: rest.reduce(first.outputType) { $0 + $1.outputType }
    )
  }

  /// Joins modules.
  public convenience init(_ branches: EquivariantModule...) { self.init(branches) }

  /// Applies each module to its fields.
  ///
  /// **Symmetry**: as its branches.
  public override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    var start = 0
    return self(
      branches.map { branch in
        let length = branch.inputType.size
        defer { start += length }
        return GeometricTensor(unchecked: input.tensor.narrow(1, start: start, length: length), branch.inputType)
      })
  }

  /// Applies each module to an input of its own.
  ///
  /// **Symmetry**: as its branches.
  ///
  /// **Traps**: unless there is one input for each module.
  public func callAsFunction(_ inputs: [GeometricTensor]) -> GeometricTensor {
    require(inputs.count == branches.count, name, "\(inputs.count) inputs for \(branches.count) branches")
    let outputs = zip(branches, inputs).map { branch, input in branch(input).tensor }
    let pixels = outputs.map { Array($0.shape.dropFirst(2)) }
    require(pixels.allSatisfy { $0 == pixels[0] }, name, "the branches give images of sizes \(pixels)")
    return GeometricTensor(
      unchecked: outputs.count == 1 ? outputs[0] : Tensor.concatenated(outputs, along: 1), outputType)
  }

  private func shapes(_ shape: Shape) -> [Shape] {
    branches.map { Shape([shape[0], $0.inputType.size] + shape.dropFirst(2)) }
  }

  /// The shape of the joined outputs.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    let pixels = zip(branches, shapes(shape)).map { Array($0.evaluateOutputShape($1).dropFirst(2)) }
    require(pixels.allSatisfy { $0 == pixels[0] }, name, "the branches give images of sizes \(pixels)")
    return Shape([shape[0], outputType.size] + pixels[0])
  }

  /// The warnings of the branches, each with its position.
  public override func latticeWarning(for shape: Shape) -> String? {
    let warnings = zip(branches, shapes(shape)).enumerated().compactMap { index, branch in
      branch.0.latticeWarning(for: branch.1).map { "\(index): \($0)" }
    }
    return warnings.isEmpty ? nil : warnings.joined(separator: "; ")
  }

  /// Plain branches of channels.
  public override func export() -> Layer {
    ChannelBranches(sizes: branches.map(\.inputType.size), branches.map { $0.export() })
  }
}
