import Datasets
import Foundation
import TestSupport
import Testing

/// Files and data for tests.
enum Fixtures {
  static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("steerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Images whose values are all different.
  static func numbered(_ count: Int, channels: Int = 1, height: Int = 5, width: Int = 5, classes: Int = 3)
    -> ImageDataset
  {
    let shape = ImageShape(channels: channels, height: height, width: width)
    do {
      return try ImageDataset(
        name: "numbered", images: (0..<(count * shape.count)).map { Float($0) / 100 },
        labels: (0..<count).map { $0 % classes },
        classNames: (0..<classes).map { "class \($0)" }, imageShape: shape)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

func expectDatasetError(_ part: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
  do {
    try body()
    Issue.record("no error was thrown; expected \"\(part)\"", sourceLocation: sourceLocation)
  } catch {
    #expect(error is DatasetError, "\(error)", sourceLocation: sourceLocation)
    #expect("\(error)".contains(part), "\(error)", sourceLocation: sourceLocation)
  }
}
