internal import Foundation
internal import Interchange

/// Writes a result as a JSON file with sorted keys; it appears whole or not at all.
func write(_ value: some Encodable, to url: URL) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  try AtomicFile.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n", to: url)
}
