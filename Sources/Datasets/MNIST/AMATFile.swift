public import Foundation
import Interchange

/// Reads images from amat text files: on each line the pixels of one image and its label, separated by blanks.
public enum AMATFile {
  /// Reads a file, plain or gzipped, in parts.
  ///
  /// **Throws**: `DatasetError` naming the line if a line has too few or too many values, a text that is no number, a value
  /// that is not finite, or a label without a class; also if the file is empty or cannot be read.
  ///
  /// **Complexity**: O(bytes); memory for the images and one part of the file.
  public static func read(
    _ url: URL, imageShape: ImageShape, classNames: [String]
  ) throws(DatasetError) -> ImageDataset {
    var parser = Parser(path: url.path, valuesPerLine: imageShape.count, classCount: classNames.count)
    do throws(InterchangeError) {
      let reader = try GzipReader(url)
      while true {
        let part = try reader.read(upTo: 1 << 20)
        if part.isEmpty { break }
        parser.consume(part)
        if parser.failure != nil { break }
      }
    } catch {
      throw .file(error)
    }
    parser.finish()
    if let failure = parser.failure { throw failure }
    guard !parser.labels.isEmpty else {
      throw .malformed(
        path: url.path, location: "line 1", problem: "the file is empty",
        expected: "\(imageShape.count) values and a label")
    }
    return ImageDataset(
      uncheckedName: url.deletingPathExtension().lastPathComponent, images: parser.values, labels: parser.labels,
      classNames: classNames, imageShape: imageShape)
  }

  /// Collects values line by line.
  private struct Parser {
    let path: String
    let valuesPerLine: Int
    let classCount: Int
    var values: [Float] = []
    var labels: [Int] = []
    var failure: DatasetError?
    private var line = 1
    private var fields: [Double] = []
    private var token: [UInt8] = []

    init(path: String, valuesPerLine: Int, classCount: Int) {
      self.path = path
      self.valuesPerLine = valuesPerLine
      self.classCount = classCount
    }

    mutating func consume(_ bytes: [UInt8]) {
      bytes.withUnsafeBufferPointer { bytes in
        for byte in bytes {
          switch byte {
          case 0x20, 0x09, 0x0D: endToken()
          case 0x0A:
            endToken()
            endLine()
          default:
            if token.count < 64 { token.append(byte) }
          }
          if failure != nil { return }
        }
      }
    }

    mutating func finish() {
      guard failure == nil else { return }
      endToken()
      if failure == nil { endLine() }
    }

    private mutating func fail(_ problem: String, expected: String) {
      failure = .malformed(path: path, location: "line \(line)", problem: problem, expected: expected)
    }

    private mutating func endToken() {
      guard !token.isEmpty, failure == nil else { return }
      let value = Self.decimal(token) ?? Double(String(decoding: token, as: UTF8.self))
      if let value, value.isFinite {
        fields.append(value)
      } else {
        fail("\"\(String(decoding: token, as: UTF8.self))\" is value \(fields.count + 1)", expected: "a finite number")
      }
      token.removeAll(keepingCapacity: true)
    }

    private mutating func endLine() {
      guard failure == nil else { return }
      defer { line += 1 }
      if fields.isEmpty { return }
      guard fields.count == valuesPerLine + 1 else {
        fail("there are \(fields.count) values", expected: "\(valuesPerLine) pixels and a label")
        return
      }
      guard let label = Int(exactly: fields[valuesPerLine]), (0..<classCount).contains(label) else {
        fail("the label is \(fields[valuesPerLine])", expected: "a whole number from 0 to \(classCount - 1)")
        return
      }
      labels.append(label)
      for index in 0..<valuesPerLine { values.append(Float(fields[index])) }
      fields.removeAll(keepingCapacity: true)
    }

    /// The value of a plain decimal such as `0.0157` that a double holds without rounding twice; nil for anything else.
    private static func decimal(_ token: [UInt8]) -> Double? {
      var digits = 0
      var value: UInt64 = 0
      var fractionDigits = -1
      for byte in token {
        switch byte {
        case 0x30...0x39:
          value = value * 10 + UInt64(byte - 0x30)
          digits += 1
          if fractionDigits >= 0 { fractionDigits += 1 }
          // 15 digits and powers of ten up to 10^22 are exact, so one division rounds once.
          if digits > 15 { return nil }
        case 0x2E where fractionDigits < 0: fractionDigits = 0
        default: return nil
        }
      }
      guard digits > 0 else { return nil }
      return Double(value) / powers[max(fractionDigits, 0)]
    }

    private static let powers: [Double] = [
      1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
  }
}
