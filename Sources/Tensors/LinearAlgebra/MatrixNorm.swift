/// A norm of matrices.
public enum MatrixNorm: Hashable, Sendable, CaseIterable {
  /// The root of the sum of squares.
  case frobenius
  /// The sum of the singular values.
  case nuclear
  /// The largest singular value.
  case spectral
  /// The largest sum of magnitudes in a column, the norm induced by the 1-norm.
  case maximumColumnSum
  /// The largest sum of magnitudes in a row, the norm induced by the maximum norm.
  case maximumRowSum

  var name: String? {
    switch self {
    case .frobenius: "fro"
    case .nuclear: "nuc"
    case .spectral, .maximumColumnSum, .maximumRowSum: nil
    }
  }

  var order: Double {
    switch self {
    case .frobenius, .nuclear: 0
    case .spectral: 2
    case .maximumColumnSum: 1
    case .maximumRowSum: .infinity
    }
  }
}
