import Foundation
import Interchange
import Testing

struct TarTests {
  /// A header and the contents, filled up to whole blocks.
  static func member(
    _ name: String, _ contents: [UInt8], kind: Character = "0", prefix: String = "", size: [UInt8]? = nil
  ) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ bytes: some Collection<UInt8>, at offset: Int) {
      header.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    }
    put(Array(name.utf8.prefix(100)), at: 0)
    put(size ?? Array(String(contents.count, radix: 8).utf8), at: 124)
    put([kind.asciiValue ?? 0], at: 156)
    put(Array("ustar".utf8), at: 257)
    put(Array(prefix.utf8), at: 345)
    put([UInt8](repeating: 32, count: 8), at: 148)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(Array(String(sum, radix: 8).utf8) + [0], at: 148)
    return header + contents + [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
  }

  private func withArchive<Result>(_ bytes: [UInt8], _ body: (URL) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).tar")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes).write(to: url)
    return try body(url)
  }

  private func list(_ bytes: [UInt8]) throws -> [(name: String, contents: [UInt8])] {
    try withArchive(bytes) { url in
      let reader = try TarReader(url)
      var members: [(String, [UInt8])] = []
      while let entry = try reader.next() {
        let contents = try reader.contents()
        #expect(contents.count == entry.size)
        members.append((entry.name, contents))
      }
      return members
    }
  }

  static let end = [UInt8](repeating: 0, count: 1024)
  static let numbers = (0..<1500).map { UInt8($0 % 251) }

  @Test(arguments: [false, true]) func membersComeInOrder(_ isCompressed: Bool) throws {
    let bytes =
      Self.member("d/", [], kind: "5") + Self.member("d/a.bin", Self.numbers) + Self.member("empty", [])
      + Self.member("b", [7], prefix: "some/folder") + Self.member("link", [], kind: "2") + Self.end
    let members = try list(isCompressed ? Gzip.compressed(bytes) : bytes)
    #expect(members.map(\.name) == ["d/", "d/a.bin", "empty", "some/folder/b", "link"])
    #expect(members.map(\.contents) == [[], Self.numbers, [], [7], []])
  }

  @Test func whatIsNotReadIsSkipped() throws {
    let bytes = Self.member("a", Self.numbers) + Self.member("b", [1, 2, 3]) + Self.end
    try withArchive(bytes) { url in
      let reader = try TarReader(url)
      let first = try #require(try reader.next())
      #expect(first.name == "a" && first.size == 1500 && first.isFile)
      #expect(try reader.next()?.name == "b")
      #expect(try reader.contents() == [1, 2, 3])
      #expect(try reader.contents() == [])
      #expect(try reader.next() == nil)
    }
  }

  @Test func longNamesAndSizes() throws {
    let long = String(repeating: "folder/", count: 30) + "file"
    let record = " path=\(long)\n"
    let pax = "\(record.utf8.count + 3)\(record)"
    let bytes =
      Self.member("././@LongLink", Array(long.utf8) + [0], kind: "L") + Self.member("short", [1])
      + Self.member("pax", Array(pax.utf8), kind: "x") + Self.member("short", [2])
      + Self.member("base256", [3, 4], size: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    let members = try list(bytes)
    #expect(members.map(\.name) == [long, long, "base256"])
    #expect(members.map(\.contents) == [[1], [2], [3, 4]])
  }

  /// Archives that the system's own program makes.
  @Test func archivesOfTheSystem() throws {
    let tar = URL(filePath: "/usr/bin/tar")
    guard FileManager.default.isExecutableFile(atPath: tar.path) else { return }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inner = folder.appending(path: "inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try Data(Self.numbers).write(to: inner.appending(path: "numbers.bin"))
    let archive = folder.appending(path: "a.tar.gz")
    let process = Process()
    process.executableURL = tar
    process.arguments = ["-C", folder.path, "-czf", archive.path, "inner"]
    try process.run()
    process.waitUntilExit()
    let reader = try TarReader(archive)
    var found: [UInt8]?
    while let entry = try reader.next() { if entry.name == "inner/numbers.bin" { found = try reader.contents() } }
    #expect(found == Self.numbers)
  }

  @Test func damagedArchivesAreErrors() throws {
    let good = Self.member("a", Self.numbers)
    var flipped = good
    flipped[3] ^= 1
    let cases: [([UInt8], String)] = [
      (Array(good.prefix(300)), "ends inside"), (Array(good.prefix(1000)), "ends inside"), (flipped, "checksum"),
      (Self.member("a", [1], size: Array("12x".utf8)), "no number"),
      (Self.member("a", [1], size: [0xFF] + [UInt8](repeating: 255, count: 11)), "no number"),
      (Self.member("a", [1], size: Array("77777777777".utf8)), "ends inside"),
      (Self.member("a", [1], kind: "L", size: Array("77777777".utf8)), "extended header"),
      (Array("this is no archive".utf8), "ends inside"), (Self.numbers, "checksum"),
    ]
    for (bytes, message) in cases {
      do {
        _ = try list(bytes)
        Issue.record("no error; expected \(message)")
      } catch {
        #expect(error is InterchangeError && "\(error)".contains(message), "\(error)")
      }
    }
  }

  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ])
  func theChecksumsOfTheStandard(_ text: String, _ checksum: String) {
    #expect(MD5.checksum(Array(text.utf8)) == checksum)
  }

  /// Every length around the ends of blocks; the sum of all checksums is that of another implementation.
  @Test func checksumsAroundTheEndsOfBlocks() {
    let all = (0..<130).map { MD5.checksum((0..<$0).map { UInt8($0 * 7 & 255) }) }.joined()
    #expect(MD5.checksum(Array(all.utf8)) == "496c2c8f47801a19fcbff7f85ba09498")
  }
}
