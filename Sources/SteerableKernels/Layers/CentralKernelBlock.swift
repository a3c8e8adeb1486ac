public import Symmetry

/// The weights at radius 0 between all copies of one irrep in a layer's input and output.
///
/// **Shapes**: `weightIndices` is row-major `[outputCopies, inputCopies, elementsPerPair]`; copies are counted field by
/// field and, inside a field, in the order of its irreps.
public struct CentralKernelBlock: Hashable, Sendable {
  /// The irrep.
  public let irrep: Irrep
  /// How often the input holds the irrep.
  public let inputCopies: Int
  /// How often the output holds the irrep.
  public let outputCopies: Int
  /// The number of kernels between one input copy and one output copy: the dimension of the irrep's commutant.
  public let elementsPerPair: Int
  /// The position of each weight in the layer's weights.
  public let weightIndices: [Int]
}
