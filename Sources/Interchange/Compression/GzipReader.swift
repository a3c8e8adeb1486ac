public import Foundation
import CZlib

/// Reads a gzip file in parts, checking lengths and checksums; a file that is not gzip is passed through.
public final class GzipReader {
  private let file: FileReader
  private let isCompressed: Bool
  private var inflater: Inflater?
  private var fileOffset = 0
  private var input: [UInt8] = []
  private var inputStart = 0
  private var isAtMemberStart = true
  private static let chunk = 1 << 16

  /// The number of uncompressed bytes returned so far.
  public private(set) var offset = 0

  /// Opens a file.
  public init(_ url: URL) throws(InterchangeError) {
    file = try FileReader(url)
    let magic = try file.bytes(at: 0, upTo: 2)
    isCompressed = magic == [0x1F, 0x8B]
  }

  /// Returns at most `length` further bytes; an empty array means the end.
  ///
  /// **Throws**: `InterchangeError` of kind `truncated` if the file ends inside a member, and `checksum` or
  /// `malformed` if its contents are damaged.
  public func read(upTo length: Int) throws(InterchangeError) -> [UInt8] {
    let part = isCompressed ? try inflate(upTo: length) : try file.bytes(at: offset, upTo: length)
    offset += part.count
    return part
  }

  private func inflate(upTo length: Int) throws(InterchangeError) -> [UInt8] {
    while true {
      if inputStart == input.count {
        input = try file.bytes(at: fileOffset, upTo: Self.chunk)
        fileOffset += input.count
        inputStart = 0
        if input.isEmpty {
          if isAtMemberStart { return [] }
          throw InterchangeError(
            .truncated, path: file.path, offset: fileOffset, "the compressed data end too early",
            expected: "a complete gzip file")
        }
      }
      if isAtMemberStart {
        // Padding of zeros after the last member is allowed by common practice.
        if offset > 0, input[inputStart] == 0 {
          inputStart += 1
          continue
        }
        inflater = Inflater(format: .gzip)
        isAtMemberStart = false
      }
      guard let inflater else { return [] }
      let step = inflater.inflate(input[inputStart...], upTo: length)
      inputStart += step.consumed
      switch step.status {
      case .progress: break
      case .finished: isAtMemberStart = true
      case .damaged(let reason):
        let kind: InterchangeError.Kind = reason.contains("check") ? .checksum : .malformed
        throw InterchangeError(
          kind, path: file.path, offset: fileOffset - input.count + inputStart, "the gzip data are damaged (\(reason))")
      }
      if !step.output.isEmpty { return step.output }
    }
  }
}
