public import Foundation
public import OrderedCollections

/// Reads tensors from files that `torch.save` wrote, in the zip format and the older one.
///
/// The file is read as data: nothing in it is executed, and names other than those of tensors, parameters and plain
/// containers are refused. Tensors may share storages, be transposed or be views; they come out as arrays of their own.
///
/// ```swift
/// let arrays = try PyTorchFile.readStateDict(URL(filePath: "model.pt"))
/// ```
public enum PyTorchFile {
  /// Reads the state dictionary of a file: the tensors by key, in order.
  ///
  /// The saved object is the dictionary itself, or holds it: under `state_dict`, `model_state_dict`, `model` or
  /// `weights`, or as the only dictionary with tensors. Dictionaries inside it add their key and a dot. Values other
  /// than tensors, such as an epoch, are left out.
  ///
  /// - Parameter key: Where the dictionary stands in the saved object, with dots; nil finds it.
  ///
  /// **Throws**: `InterchangeError` for a file that is missing, truncated, malformed, or asks for anything but tensors; for
  /// several dictionaries or none.
  public static func readStateDict(
    _ url: URL, at key: String? = nil
  ) throws(InterchangeError) -> OrderedDictionary<String, HostArray> {
    let archive = try open(url)
    var search = TorchStateDictSearch(archive)
    return try search.stateDict(at: key)
  }

  /// Whether a file begins like one of `torch.save`, in either format.
  public static func isRecognized(_ url: URL) throws(InterchangeError) -> Bool {
    let start = try FileReader(url).bytes(at: 0, upTo: 4)
    return start.starts(with: zipMark) || start.first == PickleOpcode.proto.rawValue
  }

  private static let zipMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  private static func open(_ url: URL) throws(InterchangeError) -> any TorchArchive {
    let file = try FileReader(url)
    let start = try file.bytes(at: 0, upTo: 4)
    if start.starts(with: zipMark) { return try TorchZipArchive(url, byteCount: file.count) }
    guard start.first == PickleOpcode.proto.rawValue else {
      throw InterchangeError(
        .malformed, path: url.path, offset: 0, "this is no file of torch.save", expected: "a zip archive or a pickle")
    }
    return try TorchLegacyArchive(try file.allBytes(), path: url.path)
  }

  /// What the tensors of a file may take in memory: many views of one storage cost little in the file.
  static func budget(_ byteCount: Int) -> Int { 4 * byteCount + (64 << 20) }
}
