/// A unit cell, material or file position that cannot be homogenized.
public enum HomogenizationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The pixels of a cell make no sense.
  case invalidCell(String)
  /// The constants of a material make no sense.
  case invalidMaterial(String)
  /// The equations of a cell have no unique solution in double precision.
  case singular(String)

  /// One sentence: what is wrong and what would be right.
  public var description: String {
    switch self {
    case .invalidCell(let problem), .invalidMaterial(let problem), .singular(let problem): problem
    }
  }
}
