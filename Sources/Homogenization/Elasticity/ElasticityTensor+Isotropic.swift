extension ElasticityTensor {
  /// Returns the tensor of an isotropic material.
  ///
  /// With λ' = Eν / (1 - ν²) in plane stress and Eν / ((1 + ν)(1 - 2ν)) in plane strain, and μ = E / (2 (1 + ν)):
  /// Q₀₀ = Q₁₁ = λ' + 2μ, Q₀₁ = λ', Q₂₂ = μ.
  ///
  /// **Throws**: `HomogenizationError.invalidMaterial` unless E > 0 and -1 < ν < ½.
  public static func isotropic(
    youngsModulus: Double, poissonsRatio: Double, _ plane: PlaneAssumption = .planeStress
  ) throws(HomogenizationError) -> ElasticityTensor {
    guard youngsModulus > 0, youngsModulus.isFinite else {
      throw .invalidMaterial("Young's modulus is \(youngsModulus); expected a positive number")
    }
    guard poissonsRatio > -1, poissonsRatio < 0.5 else {
      throw .invalidMaterial("Poisson's ratio is \(poissonsRatio); expected a number between -1 and 0.5")
    }
    return ElasticityTensor(uncheckedModulus: youngsModulus, poissonsRatio, plane)
  }

  /// The tensor of constants that are known to be possible.
  init(uncheckedModulus modulus: Double, _ ratio: Double, _ plane: PlaneAssumption) {
    let shear = modulus / (2 * (1 + ratio))
    let coupling =
      switch plane {
      case .planeStress: modulus * ratio / (1 - ratio * ratio)
      case .planeStrain: modulus * ratio / ((1 + ratio) * (1 - 2 * ratio))
      }
    self.init(q00: coupling + 2 * shear, q01: coupling, q02: 0, q11: coupling + 2 * shear, q12: 0, q22: shear)
  }
}
