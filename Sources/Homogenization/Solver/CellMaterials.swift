/// The two materials that a unit cell is made of.
public struct CellMaterials: Hashable, Sendable {
  /// The material of pixels of density 1.
  public let solid: ElasticityTensor
  /// The material of pixels of density 0.
  public let void: ElasticityTensor

  /// The smallest stiffness of the void relative to the solid's; below it, a region that floats in void could not be told
  /// from rounding.
  public static let smallestContrast = 1e-12

  /// Creates a pair of materials; both may be anisotropic.
  ///
  /// **Throws**: `HomogenizationError.invalidMaterial` if a tensor is not positive definite or the materials differ by more
  /// than 1e12 in stiffness.
  public init(solid: ElasticityTensor, void: ElasticityTensor) throws(HomogenizationError) {
    for (name, tensor) in [("solid", solid), ("void", void)] where !tensor.isPositiveDefinite {
      throw .invalidMaterial(
        "the \(name) has the elasticity \(tensor.components); expected a positive definite tensor")
    }
    let contrast = (void.q00 + void.q11 + void.q22) / (solid.q00 + solid.q11 + solid.q22)
    guard contrast >= Self.smallestContrast, contrast <= 1 / Self.smallestContrast else {
      throw .invalidMaterial(
        "the void is \(contrast) times as stiff as the solid; expected \(Self.smallestContrast) to "
          + "\(1 / Self.smallestContrast)")
    }
    self.init(uncheckedSolid: solid, void: void)
  }

  /// Creates an isotropic solid, and a void that is the same but softer by a factor.
  ///
  /// **Throws**: `HomogenizationError.invalidMaterial` for constants that no material has.
  public init(
    youngsModulus: Double, poissonsRatio: Double, _ plane: PlaneAssumption, voidStiffness: Double = 1e-9
  ) throws(HomogenizationError) {
    let solid = try ElasticityTensor.isotropic(
      youngsModulus: youngsModulus, poissonsRatio: poissonsRatio, plane)
    guard voidStiffness > 0 else {
      throw .invalidMaterial(
        "the void is \(voidStiffness) times as stiff as the solid; expected at least \(Self.smallestContrast)")
    }
    try self.init(solid: solid, void: voidStiffness * solid)
  }

  private init(uncheckedSolid solid: ElasticityTensor, void: ElasticityTensor) {
    self.solid = solid
    self.void = void
  }

  /// The materials of the published metamaterial study: plane stress with ν = ¼ and E / (1 - ν²) = 1, void 1e-9 of it.
  public static let metamaterials: CellMaterials = {
    let solid = ElasticityTensor(uncheckedModulus: 0.9375, 0.25, .planeStress)
    return CellMaterials(uncheckedSolid: solid, void: 1e-9 * solid)
  }()

  /// The stiff and the soft material of Caltech's p4m cells, in plane strain: E = 1 with ν = 0.33, and E = 0.001 with ν = 0.49.
  public static let caltech = CellMaterials(
    uncheckedSolid: ElasticityTensor(uncheckedModulus: 1, 0.33, .planeStrain),
    void: ElasticityTensor(uncheckedModulus: 0.001, 0.49, .planeStrain))
}
