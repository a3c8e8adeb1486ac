import Foundation
import Interchange

/// Where the command writes: results on standard output, everything else on standard error.
enum Console {
  static func error(_ message: String) {
    FileHandle.standardError.write(Data("steerable: \(message)\n".utf8))
  }

  static func note(_ message: String) {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
  }

  static func output(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// A result as JSON with sorted keys.
  static func json(_ value: some Encodable) throws { output(try JSONText.readable(value)) }

  /// Rows in columns of equal width; the first row is the header.
  static func table(_ rows: [[String]]) -> String {
    guard let header = rows.first else { return "" }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      zip(row, widths).map { text, width in text.padding(toLength: width, withPad: " ", startingAt: 0) }
        .joined(separator: "  ").replacing(/\s+$/, with: "")
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(header), rule] + rows.dropFirst().map(line)).joined(separator: "\n")
  }
}
