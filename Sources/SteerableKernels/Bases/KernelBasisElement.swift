public import Symmetry

/// What one element of a kernel basis is made of: its ring, its angular frequency, and the irreps that it connects.
///
/// **escnn**: the attributes of a basis element, with the same names in camel case.
public struct KernelBasisElement: SteerableElement {
  /// The radius of the Gaussian ring.
  public let radius: Double
  /// The width of the Gaussian ring.
  public let sigma: Double
  /// The position of the ring among the rings.
  public let ring: Int
  /// The signed angular frequency.
  public let frequency: Int
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

  /// Whether the element lies on the ring of radius 0.
  public var isCentral: Bool { radius == 0 }
}
