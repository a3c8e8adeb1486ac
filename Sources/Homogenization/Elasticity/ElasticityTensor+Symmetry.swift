import Foundation

extension ElasticityTensor {
  /// Returns the tensor of the material after a symmetry of the square was applied to it.
  ///
  /// Transposition swaps the two axes (Q₀₀ with Q₁₁, Q₀₂ with Q₁₂); reversing either axis changes the signs of Q₀₂ and
  /// Q₁₂; half a turn changes nothing. All without rounding.
  public func transformed(by symmetry: SquareSymmetry) -> ElasticityTensor {
    var result = self
    if symmetry.transposes { result = ElasticityTensor(q00: q11, q01: q01, q02: q12, q11: q00, q12: q02, q22: q22) }
    if symmetry.reversesRows != symmetry.reversesColumns {
      result.q02 = -result.q02
      result.q12 = -result.q12
    }
    return result
  }

  /// Returns the tensor of the material after a turn, counter-clockwise as the image is seen.
  ///
  /// **Units**: radians.
  public func rotated(by angle: Double) -> ElasticityTensor {
    // Axis 0 points up and axis 1 to the right, so that a counter-clockwise turn leads from axis 1 to axis 0.
    let (c, s) = (cos(angle), sin(angle))
    // Strains of the material's own frame, from those of the fixed one, in Voigt's notation: ε' = T ε, Q = Tᵀ Q' T.
    let change = [[c * c, s * s, -c * s], [s * s, c * c, c * s], [2 * c * s, -2 * c * s, c * c - s * s]]
    func entry(_ row: Int, _ column: Int) -> Double {
      var sum = 0.0
      for i in 0..<3 {
        for j in 0..<3 { sum += change[i][row] * self[i, j] * change[j][column] }
      }
      return sum
    }
    return ElasticityTensor(
      q00: entry(0, 0), q01: entry(0, 1), q02: entry(0, 2), q11: entry(1, 1), q12: entry(1, 2), q22: entry(2, 2))
  }
}
