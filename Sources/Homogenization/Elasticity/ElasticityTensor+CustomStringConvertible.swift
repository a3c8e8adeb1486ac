import Foundation

extension ElasticityTensor: CustomStringConvertible {
  /// The matrix in three lines, to five decimals.
  public var description: String {
    (0..<3).map { row in (0..<3).map { String(format: "%9.5f", self[row, $0]) }.joined(separator: " ") }
      .joined(separator: "\n")
  }
}
