import Homogenization
import TestSupport

/// A material without any symmetry.
let anisotropic = ElasticityTensor(q00: 1.1, q01: 0.3, q02: 0.15, q11: 0.8, q12: -0.1, q22: 0.4)

/// A cell whose pixels are solid or void at random, or gray.
func randomCell(_ height: Int, _ width: Int, seed: UInt64, isGray: Bool = false) -> UnitCell {
  var rng = SplitMix(seed)
  let values = (0..<(height * width)).map { _ in Double.random(in: 0..<1, using: &rng) }
  do {
    return try UnitCell(height: height, width: width, densities: isGray ? values : values.map { $0 < 0.6 ? 1 : 0 })
  } catch {
    preconditionFailure("\(error)")
  }
}

/// Two materials in plane strain, the void a thousand times softer and of another Poisson's ratio.
func materials() throws -> CellMaterials {
  try CellMaterials(
    solid: .isotropic(youngsModulus: 2, poissonsRatio: 0.3, .planeStrain),
    void: .isotropic(youngsModulus: 0.002, poissonsRatio: 0.4, .planeStrain))
}
