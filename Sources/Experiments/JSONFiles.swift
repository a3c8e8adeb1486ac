internal import Foundation
internal import Interchange

/// Writes a result as a JSON file with sorted keys; it appears whole or not at all.
func write(_ value: some Encodable, to url: URL) throws {
  try AtomicFile.write(JSONText.readable(value) + "\n", to: url)
}
