public import Datasets
public import Foundation
internal import Interchange

/// The overlaps of a rotation test, as in the file `overlap.csv` of the published code.
///
/// ```
/// target,softmax prob,average overlap,overlap variance
/// 0,[0.9987 0.0013],0.0121,0.0034
/// ```
/// The last column is a standard deviation, whatever its name says. Numbers are not rounded.
public struct OverlapTable: Hashable, Codable, Sendable {
  /// The overlaps of one source.
  public struct Row: Hashable, Codable, Sendable {
    /// The true class.
    public let target: Int
    /// The probability of each class for the upright image.
    public let probabilities: [Double]
    /// The mean of the overlap index over the angles.
    public let meanOverlap: Double
    /// Its standard deviation over the angles.
    public let overlapDeviation: Double

    /// Makes a row.
    public init(target: Int, probabilities: [Double], meanOverlap: Double, overlapDeviation: Double) {
      self.target = target
      self.probabilities = probabilities
      self.meanOverlap = meanOverlap
      self.overlapDeviation = overlapDeviation
    }

    /// The class with the larger probability.
    public var prediction: Int {
      probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    }
  }

  /// One row a source, in the order of the test images.
  public let rows: [Row]

  /// Makes a table.
  public init(rows: [Row]) { self.rows = rows }

  /// The first line of the file.
  public static let header = "target,softmax prob,average overlap,overlap variance"

  /// The text of the file.
  public var csv: String {
    let lines = rows.map { row in
      let probabilities = row.probabilities.map { "\($0)" }.joined(separator: " ")
      return "\(row.target),[\(probabilities)],\(row.meanOverlap),\(row.overlapDeviation)"
    }
    return ([Self.header] + lines).joined(separator: "\n") + "\n"
  }

  /// Writes the file; it appears whole or not at all.
  ///
  /// **Throws**: `DatasetError.file`.
  public func write(to url: URL) throws(DatasetError) {
    do {
      try AtomicFile.write(csv, to: url)
    } catch let error as InterchangeError {
      throw .file(error)
    } catch {
      throw .invalid("\(url.path) cannot be written: \(error)")
    }
  }

  /// Reads a file.
  ///
  /// **Throws**: `DatasetError` with the line that is wrong.
  public init(contentsOf url: URL) throws(DatasetError) {
    guard let bytes = FileManager.default.contents(atPath: url.path) else {
      throw .invalid("\(url.path): there is no such file, or it cannot be read; rotation-test writes overlap.csv")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(
        path: url.path, location: "first byte", problem: "is not UTF-8 text",
        expected: "the overlap.csv of a rotation test")
    }
    try self.init(csv: text, path: url.path)
  }

  /// Reads the text of a file; `path` is for messages.
  ///
  /// **Throws**: `DatasetError.malformed`.
  public init(csv text: String, path: String = "overlap.csv") throws(DatasetError) {
    let lines = text.split(whereSeparator: \.isNewline)
    func malformed(_ line: Int, _ problem: String, _ expected: String) -> DatasetError {
      .malformed(path: path, location: "line \(line)", problem: problem, expected: expected)
    }
    guard let first = lines.first, first == Self.header else {
      throw malformed(1, "the header is \"\(lines.first.map { String($0.prefix(60)) } ?? "")\"", "\"\(Self.header)\"")
    }
    var rows: [Row] = []
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard fields.count == 4 else { throw malformed(index + 1, "has \(fields.count) fields", "4") }
      guard let target = Int(fields[0]), (0...1).contains(target) else {
        throw malformed(index + 1, "the target is \"\(fields[0])\"", "0 or 1")
      }
      let inner = fields[1].trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
      let probabilities = inner.split(separator: " ").map { Double($0) }
      guard fields[1].hasPrefix("["), fields[1].hasSuffix("]"), probabilities.count == 2,
        let a = probabilities[0], let b = probabilities[1], a.isFinite, b.isFinite
      else {
        throw malformed(index + 1, "the probabilities are \"\(fields[1])\"", "two numbers, as in [0.9 0.1]")
      }
      guard let mean = Double(fields[2]), let deviation = Double(fields[3]), mean.isFinite, deviation.isFinite,
        mean >= 0, deviation >= 0
      else {
        throw malformed(index + 1, "the overlap is \"\(fields[2]),\(fields[3])\"", "two numbers of at least 0")
      }
      rows.append(Row(target: target, probabilities: [a, b], meanOverlap: mean, overlapDeviation: deviation))
    }
    guard !rows.isEmpty else { throw malformed(1, "no source follows the header", "one line a source") }
    self.init(rows: rows)
  }
}
