/// Why a network cannot be built as a configuration describes it.
public enum ModelError: Error, Hashable, CustomStringConvertible {
  /// A representation whose values a pointwise nonlinearity would not respect.
  case notPointwise(field: String, group: String)
  /// The feature map would have no pixel left.
  case vanishes(block: Int, side: Int, kernelSize: Int, padding: Int)
  /// Images are larger than the side they should be padded to.
  case tooLarge(image: [Int], inputSide: Int)

  public var description: String {
    switch self {
    case .notPointwise(let field, let group):
      "field \"\(field)\" of \(group) is not permuted by the group, so ReLU and ELU would break the symmetry; "
        + "use regular, quotient(…) or trivial fields"
    case .vanishes(let block, let side, let kernelSize, let padding):
      "block \(block): a kernel of \(kernelSize) pixels with padding \(padding) does not fit a map of \(side) pixels"
    case .tooLarge(let image, let inputSide):
      "images of \(image[0])x\(image[1]) pixels do not fit model.inputSide: \(inputSide)"
    }
  }
}
