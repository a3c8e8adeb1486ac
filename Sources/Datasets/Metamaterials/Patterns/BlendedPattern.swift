/// Two patterns, one laid over the other.
///
/// Their values are first replaced by their ranks, so that neither outweighs the other by its unit.
struct BlendedPattern {
  let first: any CellPattern
  let second: any CellPattern
  /// The share of the second.
  let share: Double

  func sampled(side: Int) -> [Double] {
    zip(Self.ranks(first.sampled(side: side)), Self.ranks(second.sampled(side: side))).map {
      (1 - share) * $0 + share * $1
    }
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    for (rank, index) in order.enumerated() { result[index] = Double(rank) / Double(values.count) }
    return result
  }
}
