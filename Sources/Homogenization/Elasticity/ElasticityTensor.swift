/// A fourth-order elasticity tensor of the plane as a symmetric 3×3 matrix in Voigt's notation.
///
/// It maps the strains (ε₀₀, ε₁₁, 2ε₀₁) to the stresses (σ₀₀, σ₁₁, σ₀₁). Axis 0 runs along the columns of an image, upwards;
/// axis 1 along its rows, to the right. The six independent components have the order of the published labels of
/// metamaterial data: Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂.
///
/// **Symmetry**: under an orthogonal map g of the plane, C transforms as g⊗g⊗g⊗g; see ``transformed(by:)``.
///
/// **Units**: those of stress; usually relative to the solid's.
///
/// **Reference**: Voigt 1910, "Lehrbuch der Kristallphysik"; Cowin, Mehrabadi 1992, "The structure of the linear
/// anisotropic elastic symmetries".
public struct ElasticityTensor: Hashable, Codable, Sendable {
  /// The names of the six components, in their order.
  public static let componentNames = ["Q00", "Q01", "Q02", "Q11", "Q12", "Q22"]

  /// The stiffness along axis 0.
  public var q00: Double
  /// The stress along axis 1 per strain along axis 0.
  public var q01: Double
  /// The shear stress per strain along axis 0.
  public var q02: Double
  /// The stiffness along axis 1.
  public var q11: Double
  /// The shear stress per strain along axis 1.
  public var q12: Double
  /// The stiffness to shear.
  public var q22: Double

  /// Creates a tensor from its six components.
  public init(q00: Double, q01: Double, q02: Double, q11: Double, q12: Double, q22: Double) {
    self.q00 = q00
    self.q01 = q01
    self.q02 = q02
    self.q11 = q11
    self.q12 = q12
    self.q22 = q22
  }

  /// Creates a tensor from Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂.
  ///
  /// **Traps**: unless there are six values.
  public init(components values: [Double]) {
    precondition(values.count == 6, "ElasticityTensor: \(values.count) components; expected 6")
    self.init(q00: values[0], q01: values[1], q02: values[2], q11: values[3], q12: values[4], q22: values[5])
  }

  /// The components Q₀₀, Q₀₁, Q₀₂, Q₁₁, Q₁₂, Q₂₂.
  public var components: [Double] { [q00, q01, q02, q11, q12, q22] }

  /// The entry of the 3×3 matrix in a row and column.
  ///
  /// **Traps**: for a row or column outside 0...2.
  public subscript(row: Int, column: Int) -> Double {
    precondition((0...2).contains(row) && (0...2).contains(column), "ElasticityTensor: no entry (\(row), \(column))")
    switch (min(row, column), max(row, column)) {
    case (0, 0): return q00
    case (0, 1): return q01
    case (0, 2): return q02
    case (1, 1): return q11
    case (1, 2): return q12
    default: return q22
    }
  }

  /// Whether every strain other than zero stores a positive energy.
  public var isPositiveDefinite: Bool {
    let determinant =
      q00 * (q11 * q22 - q12 * q12) - q01 * (q01 * q22 - q12 * q02) + q02 * (q01 * q12 - q11 * q02)
    return q00 > 0 && q00 * q11 - q01 * q01 > 0 && determinant > 0
  }

  /// Returns the tensor times a number.
  public static func * (factor: Double, tensor: ElasticityTensor) -> ElasticityTensor {
    ElasticityTensor(components: tensor.components.map { factor * $0 })
  }

  /// Returns the sum, component by component.
  public static func + (lhs: ElasticityTensor, rhs: ElasticityTensor) -> ElasticityTensor {
    ElasticityTensor(components: zip(lhs.components, rhs.components).map { $0 + $1 })
  }

  /// Returns the largest difference of a component.
  public func distance(to other: ElasticityTensor) -> Double {
    zip(components, other.components).map { abs($0 - $1) }.max() ?? 0
  }
}
