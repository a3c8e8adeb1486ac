extension UnitCell {
  /// Which pixels are solid, for questions of connection: those of density ½ or more.
  private func isSolid(_ index: Int) -> Bool { densities[index] >= 0.5 }

  /// The connected pieces of the solid across the periodic borders, largest first.
  ///
  /// Pixels are connected along their sides; two that share only a corner would be held by a hinge.
  public var solidPieces: [SolidPiece] {
    var pieceOf = [Int](repeating: -1, count: densities.count)
    // Where each pixel lies when the piece is laid out without wrapping, from where its search began.
    var places = [(row: Int, column: Int)](repeating: (0, 0), count: densities.count)
    var pieces: [SolidPiece] = []
    for start in densities.indices where isSolid(start) && pieceOf[start] < 0 {
      var piece = SolidPiece(pixels: [])
      var stack = [start]
      pieceOf[start] = pieces.count
      places[start] = (start / width, start % width)
      while let index = stack.popLast() {
        piece.pixels.append(index)
        for (down, right) in [(0, 1), (1, 0), (0, -1), (-1, 0)] {
          let place = (row: places[index].row + down, column: places[index].column + right)
          let row = ((index / width) + down + height) % height
          let column = ((index % width) + right + width) % width
          let next = row * width + column
          guard isSolid(next) else { continue }
          if pieceOf[next] < 0 {
            pieceOf[next] = pieces.count
            places[next] = place
            stack.append(next)
          } else {
            // The same pixel by another way: the piece runs around the cell as many times as the places differ by.
            piece.note(
              rows: (place.row - places[next].row) / height, columns: (place.column - places[next].column) / width)
          }
        }
      }
      piece.pixels.sort()
      pieces.append(piece)
    }
    // Ties keep the order of the first pixels.
    return pieces.enumerated().sorted { ($1.element.pixels.count, $0.offset) < ($0.element.pixels.count, $1.offset) }
      .map(\.element)
  }

  /// Whether the solid cannot carry every load: it is not one piece that runs through the cell in two directions.
  ///
  /// Such a cell is broken in the words of the published labels.
  public var isBroken: Bool {
    let pieces = solidPieces
    return pieces.count != 1 || !pieces[0].spansPlane
  }

  /// Returns the cell without the pieces of solid that hang on nothing: only the largest piece stays.
  public var withoutFloatingPieces: UnitCell {
    let pieces = solidPieces
    guard pieces.count > 1 else { return self }
    var densities = densities
    for piece in pieces.dropFirst() {
      for index in piece.pixels { densities[index] = 0 }
    }
    return UnitCell(uncheckedHeight: height, width: width, densities: densities)
  }
}
