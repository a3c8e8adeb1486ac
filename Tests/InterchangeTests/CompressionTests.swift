import Foundation
import Interchange
import Testing

@Suite struct CompressionTests {
  private let text = Array(String(repeating: "steerable\n", count: 2000).utf8)

  @Test func gzipMembersFromPython() throws {
    #expect(try Gzip.contents(of: Fixtures.golden("text.gz")) == text + Array("second member\n".utf8))
  }

  @Test(arguments: [1, 7, 4096, 1 << 20]) func gzipInParts(size: Int) throws {
    let reader = try GzipReader(Fixtures.golden("text.gz"))
    var result: [UInt8] = []
    while true {
      let part = try reader.read(upTo: size)
      #expect(part.count <= size)
      if part.isEmpty { break }
      result += part
    }
    #expect(reader.offset == result.count)
    #expect(result == text + Array("second member\n".utf8))
  }

  @Test(arguments: [0, 1, 100_000, 3_000_000]) func gzipRoundTrip(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.gz")
      try Gzip.write(bytes, to: url)
      #expect(try Gzip.contents(of: url) == bytes)
      #expect(Gzip.compressed(bytes) == Gzip.compressed(bytes))
    }
  }

  @Test func plainFilesPassThrough() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.txt")
      try AtomicFile.write(text, to: url)
      #expect(try Gzip.contents(of: url) == text)
    }
  }

  @Test func damagedGzip() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.gz")
      let good = Gzip.compressed(text)
      func check(_ bytes: [UInt8], _ kind: InterchangeError.Kind, _ part: String) throws {
        try AtomicFile.write(bytes, to: url)
        expectError(kind, part) { _ = try Gzip.contents(of: url) }
      }
      for cut in [3, 12, good.count / 2, good.count - 1] {
        try check(
          Array(good.prefix(cut)), .truncated, "the compressed data end too early; expected a complete gzip file")
      }
      var bad = good
      bad[good.count - 6] ^= 1
      try check(bad, .checksum, "incorrect data check")
      bad = good
      bad[good.count - 1] ^= 1
      try check(bad, .checksum, "incorrect length check")
      bad = good
      bad[2] = 9
      try check(bad, .malformed, "unknown compression method")
      try check(good + [7], .truncated, "end too early")
      // Zeros after the end are padding.
      try AtomicFile.write(good + [0, 0, 0], to: url)
      #expect(try Gzip.contents(of: url) == text)
    }
  }

  @Test(arguments: [false, true]) func zipRoundTrip(isCompressed: Bool) throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.zip")
      func write() throws {
        try AtomicFile.write(to: url) { file in
          let archive = ZipWriter(file, path: url.path)
          try archive.add("a/größe.txt", text, isCompressed: isCompressed)
          try archive.add("empty", [], isCompressed: isCompressed)
          try archive.finish()
        }
      }
      try write()
      let first = try Fixtures.bytes(url)
      try write()
      #expect(try Fixtures.bytes(url) == first)
      let archive = try ZipReader(url)
      #expect(archive.entries.map(\.name) == ["a/größe.txt", "empty"])
      #expect(archive.entries.map(\.count) == [text.count, 0])
      #expect(try archive.contents(of: "a/größe.txt") == text)
      #expect(try archive.contents(of: "empty").isEmpty)
      expectError(.missing, "no entry \"b\"; expected \"a/größe.txt\", \"empty\"") { _ = try archive.contents(of: "b") }
    }
  }

  @Test func damagedZip() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.zip")
      try AtomicFile.write(to: url) { file in
        let archive = ZipWriter(file, path: url.path)
        try archive.add("x", text)
        try archive.add("y", text, isCompressed: true)
        expectError(.unwritable, "added twice") { try archive.add("x", []) }
        try archive.finish()
      }
      let good = try Fixtures.bytes(url)
      func check(_ kind: InterchangeError.Kind, _ part: String, entry: String = "x", _ change: (inout [UInt8]) -> Void)
        throws
      {
        var bad = good
        change(&bad)
        try AtomicFile.write(bad, to: url)
        expectError(kind, part) { _ = try ZipReader(url).contents(of: entry) }
      }
      try check(.malformed, "this is no zip archive, or it is truncated") { $0.removeLast() }
      try check(.malformed, "this is no zip archive") { $0 = [1, 2, 3] }
      try check(.checksum, "entry \"x\" is damaged: its CRC-32 is") { $0[40] ^= 1 }
      try check(.malformed, "entry \"x\" has no local header") { $0[0] = 0 }
      try check(.malformed, "entry \"y\" is damaged", entry: "y") { bytes in
        let start = 31 + text.count + 31
        for index in start..<(start + 8) { bytes[index] = 0xFF }
      }
      let directory = good.count - 22 - 2 * 47
      try check(.malformed, "the directory is damaged; expected an entry") { $0[directory] = 0 }
      try check(.unsupported, "entry \"x\" is encrypted") { $0[directory + 8] |= 1 }
      try check(.unsupported, "compression method 12; expected 0 (stored) or 8 (deflate)") { $0[directory + 10] = 12 }
      try check(.malformed, "two lengths") { $0[directory + 24] ^= 1 }
      try check(.truncated, "the file ends inside the directory") { $0[good.count - 10 + 3] = 0x70 }
    }
  }
}
