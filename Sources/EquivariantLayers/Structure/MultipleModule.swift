public import Layers
public import Tensors

/// Applies to each kind of fields a module of its own, and joins the outputs.
///
/// ```swift
/// let type = FieldType(c8, 2 * c8.trivial + 4 * c8.regular + 1 * c8.irrep(1))
/// let labels = Array(repeating: "permuted", count: 6) + ["vector"]
/// let layer = MultipleModule(type, labels: labels, branches: [
///   ("permuted", ReLU(type[0..<6])), ("vector", NormNonLinearity(type[6..<7])),
/// ])
/// ```
///
/// **Shapes**: `[N, C, H, W]` to the joined outputs of the branches, in their order.
///
/// **Symmetry**: exact when all branches are.
///
/// **Traps**: unless there is one label for each field and every label is used, and when the fields of a branch's
/// labels are not its input type.
///
/// **State**: keys are positions of branches, `0.weights`.
///
/// **escnn**: `MultipleModule`.
public final class MultipleModule: EquivariantModule {
  /// The labels that each branch takes, in order.
  public let labels: [[String]]

  private let merge: MergeModule
  private let selections: [FieldSelection]
  private let sources: [Int]

  /// The positions of the branches are keys of their own.
  public override class var stateKeys: [String: String] { ["merge": ""] }

  /// Creates the layer from branches that take the fields of several labels, those of the first label first.
  ///
  /// - Parameters:
  ///   - labels: One label for each field.
  ///   - branches: The modules in the order of their outputs; several may read the same label.
  ///   - order: The order of the fields that carry one label.
  public init(
    _ type: FieldType, labels: [String], branches: [(labels: [String], module: EquivariantModule)],
    order: FieldOrder = .asGiven
  ) {
    let name = "MultipleModule"
    let fields = Dictionary(
      uniqueKeysWithValues: FieldBranch.branches(of: type, labels: labels, order: order, name: name)
        .map { ($0.label, $0.fields) })
    let unused = fields.keys.filter { label in !branches.contains { $0.labels.contains(label) } }.sorted()
    require(unused.isEmpty, name, "no branch takes the fields with the labels \(unused)")
    let positions = branches.map { branch -> [Int] in
      let positions = branch.labels.flatMap { label -> [Int] in
        guard let known = fields[label] else {
          fail(name, "no field has the label \"\(label)\"; there are \(fields.keys.sorted())")
        }
        return known
      }
      let found = type.selecting(positions)
      require(
        branch.module.inputType == found, name,
        "the fields with the labels \(branch.labels) are \(found), \(branch.module.name) expects \(branch.module.inputType)"
      )
      return positions
    }
    self.labels = branches.map(\.labels)
    merge = MergeModule(branches.map(\.module))
    selections = positions.map { FieldSelection(type, fields: $0) }
    sources = selections.flatMap(\.sources)
    super.init(from: type, to: merge.outputType)
  }

  /// Creates the layer from branches that take the fields of one label each.
  ///
  /// - Parameters:
  ///   - labels: One label for each field.
  ///   - branches: The modules in the order of their outputs.
  ///   - order: The order of the fields that carry one label.
  public convenience init(
    _ type: FieldType, labels: [String], branches: [(label: String, module: EquivariantModule)],
    order: FieldOrder = .asGiven
  ) {
    self.init(type, labels: labels, branches: branches.map { (labels: [$0.label], module: $0.module) }, order: order)
  }

  /// The modules in the order of their outputs.
  public var branches: [EquivariantModule] { merge.branches }

  /// Applies each branch to its fields.
  ///
  /// **Symmetry**: as its branches.
  public override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    return merge(
      zip(branches, selections).map { branch, selection in
        GeometricTensor(unchecked: selection(input.tensor), branch.inputType)
      })
  }

  private func joined(_ shape: Shape) -> Shape { Shape([shape[0], sources.count] + shape.dropFirst(2)) }

  /// The shape of the joined outputs.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return merge.evaluateOutputShape(joined(shape))
  }

  /// The warnings of the branches, each with its position.
  public override func latticeWarning(for shape: Shape) -> String? { merge.latticeWarning(for: joined(shape)) }

  /// A plain permutation of channels, if the fields of a branch are not in a row, and plain branches of channels.
  public override func export() -> Layer {
    Sequential([FieldSelection(sources, of: inputType.size).layer, merge.export()]).fused()
  }

  /// Adds the labels to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("labels", labels.map { $0.joined(separator: "+") })
  }
}
