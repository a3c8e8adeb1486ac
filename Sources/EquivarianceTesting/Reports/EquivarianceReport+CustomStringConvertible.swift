import Foundation

extension EquivarianceReport: CustomStringConvertible {
  /// One line for the module and one for each element.
  public var description: String {
    var lines = ["\(name): \(inputType) -> \(outputType), \(inputShape) -> \(outputShape), \(dtype)"]
    if let warning { lines.append("  note: \(warning)") }
    for error in errors {
      let numbers = [error.maximum, error.mean, error.relative].map { String(format: "%.2e", $0) }
      let kind = error.isLattice ? "exact on the grid" : "resampled"
      lines.append(
        "  \(error.element) (\(kind)): max \(numbers[0]), mean \(numbers[1]), relative \(numbers[2])")
    }
    return lines.joined(separator: "\n")
  }
}
