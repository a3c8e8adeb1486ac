public import Symmetry

/// What an element of a basis of differential operators is made of: a harmonic times a power of the Laplacian.
///
/// **escnn**: the attributes of a basis element of e2cnn's `diffops`, with the same names in camel case; `gamma` of a
/// quarter turn is its `invert`.
public struct DiffopBasisElement: SteerableElement {
  /// The order of the derivatives: the frequency's size and twice the power of the Laplacian.
  public let order: Int
  /// The signed angular frequency.
  public let frequency: Int
  /// The power of the Laplacian.
  public let laplacianPower: Int
  /// The phase: 0 or a quarter turn.
  public let gamma: Double
  /// For 2×2 blocks, 0 for a rotation and 1 for a reflection; otherwise `nil`.
  public let s: Int?
  /// The multiple of the rotation order contained in the frequency; 0 for continuous groups.
  public let offset: Int
  /// The irrep whose fields the element reads.
  public let inIrrep: Irrep
  /// The irrep whose fields the element writes.
  public let outIrrep: Irrep
  /// The position of `inIrrep` in the input representation.
  public let inIrrepIndex: Int
  /// The position of `outIrrep` in the output representation.
  public let outIrrepIndex: Int
  /// The position among the angular solutions between the two irreps.
  public let solution: Int

  /// Whether the operator does not differentiate.
  public var isCentral: Bool { order == 0 }
}
