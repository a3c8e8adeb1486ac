public import Layers
import Symmetry
public import Tensors

/// Turns the orientation in which a regular field is largest into a vector.
///
/// If channel i is the largest, with the value m, the result is max(m, 0) · (cos 2πi/N, sin 2πi/N).
///
/// **Shapes**: `[N, C, H, W]` to `[N, 2 · fields, H, W]`.
///
/// **Symmetry**: exact for every element where one channel is larger than the others.
///
/// **Traps**: unless all fields are regular fields of a group of at least 3 rotations.
///
/// **Reference**: Marcos, Volpi, Komodakis, Tuia (2017).
///
/// **escnn**: `VectorFieldNonLinearity`, which also takes C2, where the vector has one component.
public final class VectorFieldNonLinearity: EquivariantModule {
  private let directions: ConstantMatrix
  private let numberType = NumberType.marker()

  /// Creates the layer.
  public init(_ type: FieldType) {
    Self.requireCapability(
      .vectorField, type, "VectorFieldNonLinearity",
      "is not the regular representation of C3, C4, …, whose channels are directions")
    let vector = type.space.irrep(1)
    directions = ConstantMatrix(Matrix(type.group.elements.map { vector.matrix($0).column(0) }))
    super.init(from: type, to: FieldType(type.space, type.count * vector))
  }

  /// Computes the vectors.
  public override func forward(_ input: Tensor) -> Tensor {
    DirectionOfMaximum.vectors(of: input, directions: directions.tensor(input.dtype, input.device))
  }

  /// A plain layer with a table of directions.
  public override func export() -> Layer {
    DirectionOfMaximum(directions.tensor(numberType.value.dtype, numberType.value.device), runs: inputType.count)
  }
}
