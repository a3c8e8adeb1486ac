package import Foundation

/// Places in and beside the checkout that tests read.
package enum Checkout {
  /// The root of the package, found from this file.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  /// Data and reference values beside the package, which may be absent.
  package static let shared = root.deletingLastPathComponent().appending(path: "shared")

  /// A file of `Tests/Goldens`.
  package static func golden(_ name: String) -> URL { root.appending(path: "Tests/Goldens").appending(path: name) }
}
