extension HomogeneousPolynomial: CustomStringConvertible {
  /// The terms as usually written, such as `x³ - 3xy²`; coefficients of rounding size are left out.
  public var description: String {
    let largest = coefficients.reduce(0) { max($0, abs($1)) }
    var text = ""
    for (index, coefficient) in coefficients.enumerated() where abs(coefficient) > 1e-12 * largest {
      let monomial = Self.variable("x", degree - index) + Self.variable("y", index)
      let size = abs(coefficient)
      let isWhole = size == size.rounded() && size < 1e9
      let number = isWhole ? "\(Int(size))" : "\((size * 1e4).rounded() / 1e4) "
      let factor = size == 1 && !monomial.isEmpty ? "" : number
      let sign = coefficient < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor + monomial
    }
    return text.isEmpty ? "0" : text
  }

  private static func variable(_ name: String, _ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    switch exponent {
    case 0: return ""
    case 1: return name
    default: return name + String("\(exponent)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
  }
}
