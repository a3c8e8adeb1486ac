public import Foundation

/// A Python pickle read as data: values and containers, and calls that are written down but never made.
///
/// Only names that the rules list may occur; any other name, and any instruction that makes arbitrary objects, is an
/// error that names it. Formats give the calls their meaning: `array(_:)` that of NumPy's, `PyTorchFile` that of
/// PyTorch's.
///
/// ```swift
/// let pickle = try Pickle.read(url, rules: .numPy)
/// let batch = try pickle.dictionary(pickle.root, "the batch")
/// let images = try pickle.array(batch["data"] ?? .none, "the images")
/// ```
///
/// **Complexity**: time and memory linear in the file, within the limits of the rules.
public struct Pickle: Sendable {
  /// The value that was pickled.
  public let root: PickleValue
  /// The file, for messages.
  public let path: String
  /// The objects by their places.
  let objects: [PickleObject]
  /// The position after the pickle's last byte.
  let end: Int

  /// Reads a pickle from bytes.
  ///
  /// **Throws**: `InterchangeError` for a pickle that is truncated or malformed, exceeds the limits, or asks for a name
  /// that the rules do not list.
  public init(_ bytes: [UInt8], rules: PickleRules, path: String = "pickle") throws(InterchangeError) {
    try self.init(bytes, at: 0, rules: rules, path: path)
    guard end == bytes.count else {
      throw InterchangeError(
        .malformed, path: path, offset: end, "\(bytes.count - end) bytes follow the pickle", expected: "the end")
    }
  }

  /// Reads the pickle that begins at a position; `base` is where the bytes stand in the file.
  init(
    _ bytes: [UInt8], at start: Int, base: Int = 0, rules: PickleRules, path: String
  ) throws(InterchangeError) {
    var machine = Unpickler(bytes, at: start, rules: rules, path: path, base: base)
    (root, objects, end) = try machine.run()
    self.path = path
  }

  /// Reads a file that holds one pickle.
  ///
  /// **Throws**: as `init(_:rules:path:)`, and for a file that is missing or cannot be read.
  public static func read(_ url: URL, rules: PickleRules) throws(InterchangeError) -> Pickle {
    try Pickle(try FileReader(url).allBytes(), rules: rules, path: url.path)
  }

  /// What the object at a place holds.
  public subscript(reference: PickleReference) -> PickleObject { objects[reference.index] }
}
