public import Foundation
import Interchange

/// Reads the idx files of MNIST, plain or gzipped.
public enum IDXFile {
  /// Reads unsigned bytes with their shape.
  ///
  /// **Throws**: `DatasetError` if the file is missing, truncated, too long, not an idx file, of another element type, or
  /// has another number of axes than `rank`.
  public static func read(_ url: URL, rank: Int) throws(DatasetError) -> (bytes: [UInt8], shape: [Int]) {
    let contents: [UInt8]
    do throws(InterchangeError) {
      contents = try Gzip.contents(of: url)
    } catch {
      throw .file(error)
    }
    func malformed(_ offset: Int, _ problem: String, expected: String) -> DatasetError {
      .malformed(path: url.path, location: "byte \(offset) of the contents", problem: problem, expected: expected)
    }
    let headerLength = 4 + 4 * rank
    guard contents.count >= headerLength else {
      throw malformed(contents.count, "the file ends inside the header", expected: "\(headerLength) bytes or more")
    }
    let magic = contents[0..<4].map { String($0, radix: 16) }.joined(separator: " ")
    guard contents[0] == 0, contents[1] == 0, contents[2] == 8, contents[3] == rank else {
      throw malformed(0, "the magic number is \(magic) (hexadecimal)", expected: "0 0 8 \(rank)")
    }
    let shape = (0..<rank).map { axis in
      contents[(4 + 4 * axis)..<(8 + 4 * axis)].reduce(0) { $0 << 8 | Int($1) }
    }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw malformed(4, "the lengths \(shape) are too large", expected: "a data set that fits")
      }
      count = product
    }
    guard contents.count - headerLength == count else {
      throw malformed(
        headerLength, "\(contents.count - headerLength) bytes of data for the lengths \(shape)", expected: "\(count)")
    }
    return (Array(contents[headerLength...]), shape)
  }
}
