package import Foundation

/// Places in the checkout that tests read.
package enum Checkout {
  /// The root of the package, found from this file.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  /// A file of `Tests/Goldens`; the README there tells where each comes from.
  package static func golden(_ name: String) -> URL { root.appending(path: "Tests/Goldens").appending(path: name) }

  /// The contents of a JSON file of `Tests/Goldens`.
  ///
  /// **Throws**: when it is absent or of another form, so that no comparison is left out in silence.
  package static func decodedGolden<Contents: Decodable>(_ name: String) throws -> Contents {
    try JSONDecoder().decode(Contents.self, from: Data(contentsOf: golden(name)))
  }
}
