/// The order in which the nodes of a periodic grid are eliminated, and what each step touches.
///
/// A line of nodes divides the grid into parts that have no element in common; the parts are divided in turn, down to a
/// few nodes. The nodes of a part come before its dividing line, so that eliminating one part never touches another: fill-in
/// stays small. Each group of nodes that is eliminated at once is a front; the fronts form a tree.
///
/// **Complexity**: for n × n nodes the dense work on the fronts is O(n³), against O(n⁴) row by row.
///
/// **Reference**: George 1973, "Nested dissection of a regular finite element mesh"; Duff, Reid 1983, "The multifrontal
/// solution of indefinite sparse symmetric linear equations".
struct NestedDissection: Sendable {
  /// A pixel, and where its four corners are among the nodes of its front.
  struct Element: Sendable {
    let pixel: Int
    let corners: SIMD4<Int32>
  }

  /// Nodes that are eliminated together.
  struct Front: Sendable {
    /// How many nodes are eliminated here; they come first among the front's nodes.
    let pivotCount: Int
    /// How many nodes remain: neighbors that are eliminated later.
    let boundaryCount: Int
    /// The pixels that are first touched here.
    let elements: [Element]
    /// For each part that the front's line divides, where its remaining nodes are among the front's nodes, in order.
    let parts: [[Int32]]

    /// The number of nodes.
    var nodeCount: Int { pivotCount + boundaryCount }
  }

  /// The fronts in the order of their elimination; parts come right before the line that divides them, the last one last.
  let fronts: [Front]

  /// Divides the nodes of a periodic cell of height × width elements.
  ///
  /// Node (r, c) is the upper left corner of pixel (r, c).
  init(height: Int, width: Int) {
    var order = Order(width: width)
    order.divide(rows: 0..<height, columns: 0..<width, rowsWrap: true, columnsWrap: true)
    var position = [Int32](repeating: 0, count: height * width)
    for (place, node) in order.groups.lazy.flatMap(\.nodes).enumerated() { position[Int(node)] = Int32(place) }

    var isAssembled = [Bool](repeating: false, count: height * width)
    // The remaining nodes of the parts whose dividing line has not come yet, the last part last.
    var waiting: [[Int32]] = []
    fronts = order.groups.map { nodes, partCount in
      var elements: [(pixel: Int, nodes: [Int32])] = []
      for node in nodes {
        for pixel in Self.pixels(around: Int(node), height, width) where !isAssembled[pixel] {
          isAssembled[pixel] = true
          elements.append((pixel, Self.corners(of: pixel, height, width)))
        }
      }
      let parts = Array(waiting.suffix(partCount))
      waiting.removeLast(partCount)
      // All nodes in the order of their elimination, so that lower triangles stay lower triangles from front to front.
      let boundary = Set(elements.flatMap(\.nodes) + parts.joined()).subtracting(nodes)
        .sorted { position[Int($0)] < position[Int($1)] }
      waiting.append(boundary)
      let all = nodes + boundary
      let place = Dictionary(uniqueKeysWithValues: zip(all, all.indices.map { Int32($0) }))
      return Front(
        pivotCount: nodes.count, boundaryCount: boundary.count,
        elements: elements.map { element in
          let corners = element.nodes.map { place[$0]! }
          return Element(pixel: element.pixel, corners: SIMD4(corners[0], corners[1], corners[2], corners[3]))
        },
        parts: parts.map { part in part.map { place[$0]! } })
    }
  }

  /// The corners of a pixel: lower left, upper left, upper right, lower right.
  private static func corners(of pixel: Int, _ height: Int, _ width: Int) -> [Int32] {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
    let (below, right) = ((row + 1) % height, (column + 1) % width)
    return [below * width + column, row * width + column, row * width + right, below * width + right].map { Int32($0) }
  }

  /// The pixels that have a node as a corner.
  private static func pixels(around node: Int, _ height: Int, _ width: Int) -> [Int] {
    let (row, column) = node.quotientAndRemainder(dividingBy: width)
    let (above, left) = ((row + height - 1) % height, (column + width - 1) % width)
    return [row * width + column, row * width + left, above * width + column, above * width + left]
  }

  /// The nodes in the order of their elimination.
  private struct Order {
    let width: Int
    /// Nodes that are eliminated together, and how many parts their line divides.
    var groups: [(nodes: [Int32], partCount: Int)] = []

    /// Appends a rectangle of nodes.
    mutating func divide(rows: Range<Int>, columns: Range<Int>, rowsWrap: Bool, columnsWrap: Bool) {
      guard rows.count * columns.count > 12 else { return append(rows, columns, partCount: 0) }
      // A ring is opened at its first line and becomes a strip; a strip is divided in the middle.
      if rows.count >= columns.count {
        let line = rowsWrap ? rows.lowerBound : (rows.lowerBound + rows.upperBound) / 2
        let parts = [rows.lowerBound..<line, (line + 1)..<rows.upperBound].filter { !$0.isEmpty }
        for part in parts { divide(rows: part, columns: columns, rowsWrap: false, columnsWrap: columnsWrap) }
        append(line..<(line + 1), columns, partCount: parts.count)
      } else {
        let line = columnsWrap ? columns.lowerBound : (columns.lowerBound + columns.upperBound) / 2
        let parts = [columns.lowerBound..<line, (line + 1)..<columns.upperBound].filter { !$0.isEmpty }
        for part in parts { divide(rows: rows, columns: part, rowsWrap: rowsWrap, columnsWrap: false) }
        append(rows, line..<(line + 1), partCount: parts.count)
      }
    }

    private mutating func append(_ rows: Range<Int>, _ columns: Range<Int>, partCount: Int) {
      let nodes = rows.flatMap { row in columns.map { Int32(row * width + $0) } }
      groups.append((nodes, partCount))
    }
  }
}
