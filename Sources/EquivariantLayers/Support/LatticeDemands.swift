import Symmetry

/// What the elements of a space that map the pixel grid to itself do to rows and columns.
package struct LatticeDemands {
  /// Whether some element sends the first row to the last row or column.
  package let reversesHeight: Bool

  /// Whether some element sends the first column to the last row or column.
  package let reversesWidth: Bool

  /// Whether some element exchanges rows and columns.
  package let exchangesDirections: Bool

  package init(_ space: GSpace) {
    var (height, width, exchange) = (false, false, false)
    for element in space.latticeElements {
      // Rows count downwards, against y, so entries off the diagonal change their sign.
      let matrix = space.planarMatrix(of: element)
      if matrix[0, 0] < -0.5 || matrix[1, 0] > 0.5 { width = true }
      if matrix[1, 1] < -0.5 || matrix[0, 1] > 0.5 { height = true }
      if abs(matrix[0, 1]) > 0.5 { exchange = true }
    }
    (reversesHeight, reversesWidth, exchangesDirections) = (height, width, exchange)
  }
}
