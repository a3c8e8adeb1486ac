public import Layers
public import Tensors

/// Gathers the fields that carry the same label.
///
/// As a module it gives all branches joined, in the order in which the labels first appear; `branches(of:)` gives
/// each by itself.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element.
///
/// **Traps**: unless there is one label for each field.
///
/// **escnn**: `BranchingModule`.
public final class BranchingModule: EquivariantModule {
  /// The fields of each label.
  public let branches: [FieldBranch]

  private let selection: FieldSelection
  private let parts: [FieldSelection]

  /// Creates the layer.
  ///
  /// - Parameters:
  ///   - labels: One label for each field.
  ///   - order: The order of the fields within a branch.
  public init(_ type: FieldType, labels: [String], order: FieldOrder = .asGiven) {
    branches = FieldBranch.branches(of: type, labels: labels, order: order, name: "BranchingModule")
    let fields = branches.flatMap(\.fields)
    selection = FieldSelection(type, fields: fields)
    parts = branches.map { FieldSelection(type, fields: $0.fields) }
    super.init(from: type, to: type.selecting(fields))
  }

  /// The fields of each label.
  ///
  /// **Symmetry**: exact for every element.
  public func branches(of input: GeometricTensor) -> [String: GeometricTensor] {
    checkInput(input)
    return Dictionary(
      uniqueKeysWithValues: zip(branches, parts).map { branch, part in
        (branch.label, GeometricTensor(unchecked: part(input.tensor), branch.type))
      })
  }

  /// The fields of all branches.
  public override func forward(_ input: Tensor) -> Tensor { selection(input) }

  /// A plain permutation of channels.
  public override func export() -> Layer { selection.layer }

  /// Adds the labels to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("labels", branches.map(\.label))
  }
}
