import Foundation
import Tensors
import Testing

/// Every operation of `Tensor` that may fail has a throwing twin of the same name on `CheckedTensor`.
@Suite struct TwinTests {
  /// Operations that cannot fail, that only rebind or mark a value, or whose reading cannot be split from a closure.
  static let exempt: Set<String> = [
    "+=", "-=", "*=", "/=", "size", "isContiguous", "isIdentical", "checked", "maxAbsDifference", "requiringGradient",
    "withContiguousBytes",
  ]

  /// The names of the public functions in extensions of a type, from the sources.
  private func functions(of type: String) throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Tensors")
      .standardized
    var names: Set<String> = []
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      var extended = ""
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let match = line.firstMatch(of: /^extension (\w+)/) { extended = String(match.1) }
        if let match = line.firstMatch(of: /^public (?:struct|enum|final class) (\w+)/) { extended = String(match.1) }
        if extended == type, let match = line.firstMatch(of: /^  public (?:static )?(?:prefix )?func `?([^`<( ]+)/) {
          names.insert(String(match.1))
        }
      }
    }
    return names
  }

  @Test func everyOperationHasATwin() throws {
    let plain = try functions(of: "Tensor")
    let checked = try functions(of: "CheckedTensor")
    #expect(plain.count > 150)
    #expect(plain.subtracting(checked).subtracting(Self.exempt).isEmpty)
    #expect(Self.exempt.isSubset(of: plain), "an exemption that is not needed")
  }
}
