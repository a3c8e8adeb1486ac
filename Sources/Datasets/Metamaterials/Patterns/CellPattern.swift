/// A periodic function of the plane whose upper level sets are unit cells.
protocol CellPattern {
  /// The value at a point of the cell, both coordinates from 0 to 1.
  func value(_ x: Double, _ y: Double) -> Double
}

extension CellPattern {
  /// The values at the centers of the pixels, row after row.
  func sampled(side: Int) -> [Double] {
    let step = 1 / Double(side)
    return (0..<(side * side)).map { index in
      value((Double(index % side) + 0.5) * step, (Double(index / side) + 0.5) * step)
    }
  }
}
