import Foundation
import Interchange
import Testing

@Suite struct AtomicFileTests {
  private struct Stop: Error {}

  @Test func replacesTheWholeFile() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.bin")
      try AtomicFile.write([1, 2, 3], to: url)
      let large = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
      try AtomicFile.write(to: url) { file in
        try file.write(large)
        try file.write("end")
        #expect(file.offset == 1_000_003)
      }
      #expect(try Fixtures.bytes(url) == large + Array("end".utf8))
      #expect(try Fixtures.names(in: folder) == ["a.bin"])
    }
  }

  @Test func errorLeavesTheOldFileAndNothingElse() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.bin")
      try AtomicFile.write("old", to: url)
      #expect(throws: Stop.self) {
        try AtomicFile.write(to: url) { file in
          try file.write([UInt8](repeating: 0, count: 1 << 20))
          throw Stop()
        }
      }
      #expect(throws: Stop.self) {
        try AtomicFile.withTemporary(for: url) { temporary in
          try Data([1]).write(to: temporary)
          throw Stop()
        }
      }
      expectError(.unwritable, "was not written") { try AtomicFile.withTemporary(for: url) { _ in } }
      #expect(try Fixtures.bytes(url) == Array("old".utf8))
      #expect(try Fixtures.names(in: folder) == ["a.bin"])
    }
  }

  @Test func refusedPlaces() throws {
    try Fixtures.withFolder { folder in
      expectError(.unwritable, "does not exist; expected an existing folder") {
        try AtomicFile.write("x", to: folder.appendingPathComponent("none/a.bin"))
      }
      expectError(.unwritable, "this is a folder") { try AtomicFile.write("x", to: folder) }
      let names = try Fixtures.names(in: folder)
      #expect(names.isEmpty)
    }
  }

  @Test func leftoversOfDeadProcesses() throws {
    try Fixtures.withFolder { folder in
      let own = ".a.bin.\(ProcessInfo.processInfo.processIdentifier)-ABCD.partial"
      // No process has a number as large as this.
      let dead = ".a.bin.2147483000-ABCD.partial"
      for name in [own, dead, ".b.partial", "c.2147483000-A.partial"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      #expect(AtomicFile.removeLeftovers(in: folder) == [dead])
      #expect(try Fixtures.names(in: folder) == [own, ".b.partial", "c.2147483000-A.partial"].sorted())
    }
  }

  @Test func readingErrors() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("none")
      expectError(.missing, "there is no such file") { _ = try FileReader(url) }
      expectError(.unreadable, "this is a folder") { _ = try FileReader(folder) }
      try AtomicFile.write([1, 2, 3], to: url)
      let reader = try FileReader(url)
      #expect(try reader.bytes(at: 1, count: 2, of: "it") == [2, 3])
      #expect(try reader.bytes(at: 2, upTo: 9) == [3])
      expectError(.truncated, "byte 2: the file ends inside it (3 bytes in all); expected 2 bytes from here") {
        _ = try reader.bytes(at: 2, count: 2, of: "it")
      }
    }
  }
}
