public import Layers
public import Tensors

/// Puts fields in another order.
///
/// **Shapes**: `[N, C, H, W]` to the same.
///
/// **Symmetry**: exact for every element.
///
/// **Traps**: unless every field occurs once.
///
/// **escnn**: `ReshuffleModule`.
public final class ReshuffleModule: EquivariantModule {
  /// The input's field at each place of the output.
  public let permutation: [Int]

  private let selection: FieldSelection

  /// Creates the layer; field `i` of the output is field `permutation[i]` of the input.
  public init(_ type: FieldType, permutation: [Int]) {
    require(
      permutation.sorted() == Array(0..<type.count), "ReshuffleModule",
      "\(permutation) is no order of the \(type.count) fields of \(type)")
    self.permutation = permutation
    selection = FieldSelection(type, fields: permutation)
    super.init(from: type, to: type.selecting(permutation))
  }

  /// Reorders the channels.
  public override func forward(_ input: Tensor) -> Tensor { selection(input) }

  /// A plain permutation of channels.
  public override func export() -> Layer { selection.layer }

  /// Adds the order to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("permutation", permutation)
  }
}
