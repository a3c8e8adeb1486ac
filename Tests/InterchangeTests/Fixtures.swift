import Foundation
import Interchange
import TestSupport
import Testing

/// Files for tests.
enum Fixtures {
  static let root = Checkout.root

  static func golden(_ name: String) -> URL { root.appendingPathComponent("Tests/Goldens/interchange/\(name)") }

  static func bytes(_ url: URL) throws -> [UInt8] { try FileReader(url).allBytes() }

  /// Calls `body` with an empty folder that is removed afterwards.
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("steerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// The error that `body` throws, or nil.
  static func error(_ body: () throws -> Void) -> InterchangeError? {
    do {
      try body()
      return nil
    } catch {
      return error as? InterchangeError
    }
  }
}

func expectError(
  _ kind: InterchangeError.Kind, _ part: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  guard let error = Fixtures.error(body) else {
    Issue.record("no InterchangeError was thrown; expected \"\(part)\"", sourceLocation: sourceLocation)
    return
  }
  #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
  #expect(error.description.contains(part), "\(error)", sourceLocation: sourceLocation)
}
