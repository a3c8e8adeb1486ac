/// Names of a plot's parts beside samples of how they are drawn, in rows above the plot, where no data can be covered.
struct Legend {
  /// How a part is drawn.
  enum Symbol {
    case line(dashes: [Double])
    case box
    case marker(Marker)
  }

  /// One part of the plot.
  struct Entry {
    let name: String
    let color: Color
    let symbol: Symbol
  }

  static let referenceColor = Color(hex: 0x555555)

  /// Dash lengths of reference lines: those of one name share a pattern.
  static func patterns(of references: [(label: String, value: Double)]) -> [[Double]] {
    let kinds: [[Double]] = [[4, 3], [1.5, 2], [8, 3], [8, 3, 1.5, 3]]
    var labels: [String] = []
    return references.map { reference in
      if !labels.contains(reference.label) { labels.append(reference.label) }
      return kinds[(labels.firstIndex(of: reference.label) ?? 0) % kinds.count]
    }
  }

  /// One entry for each name among reference lines.
  static func entries(of references: [(label: String, value: Double)]) -> [Entry] {
    var seen: Set<String> = []
    return zip(references, patterns(of: references)).compactMap { reference, dashes in
      guard seen.insert(reference.label).inserted else { return nil }
      return Entry(name: reference.label, color: referenceColor, symbol: .line(dashes: dashes))
    }
  }

  private static let rowHeight = 16.0

  private let rows: [[(entry: Entry, width: Double)]]

  /// Breaks the entries that have a name into rows that fit the width.
  init(_ entries: [Entry], fitting width: Double, on canvas: Canvas) {
    var rows: [[(entry: Entry, width: Double)]] = []
    var used = 0.0
    for entry in entries where !entry.name.isEmpty {
      let needed = canvas.width(of: entry.name, size: 10) + 44
      if rows.isEmpty || used + needed > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append((entry, needed))
      used += needed
    }
    self.rows = rows
  }

  var height: Double { Self.rowHeight * Double(rows.count) }

  func draw(on canvas: Canvas, centerX: Double, top: Double) {
    for (row, entries) in rows.enumerated() {
      var x = centerX - entries.reduce(0) { $0 + $1.width } / 2
      let y = top + Self.rowHeight * Double(row)
      for (entry, width) in entries {
        switch entry.symbol {
        case .line(let dashes): canvas.line([(x, y - 3), (x + 22, y - 3)], entry.color, width: 2, dashes: dashes)
        case .box: canvas.fill(Rectangle(x: x + 8, y: y - 8, width: 14, height: 9), entry.color)
        case .marker(let marker): marker.draw(on: canvas, x: x + 16, y: y - 3.5, color: entry.color)
        }
        canvas.text(entry.name, x: x + 27, y: y, size: 10)
        x += width
      }
    }
  }
}
