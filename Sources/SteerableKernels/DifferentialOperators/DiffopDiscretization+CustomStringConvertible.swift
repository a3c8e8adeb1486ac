extension DiffopDiscretization: CustomStringConvertible {
  /// The method in a few words.
  public var description: String {
    switch self {
    case .finiteDifferences: "finite differences"
    case .radialBasisFunctions(let function): "radial basis functions \(function.rawValue)"
    case .gaussian(let deviation): "Gaussian of width \(deviation)"
    }
  }
}
