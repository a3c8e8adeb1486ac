public import Foundation
public import OrderedCollections
public import Tensors

extension Safetensors {
  /// The tensors of a file in the order of its header, and its metadata.
  public struct Contents {
    /// The tensors by name.
    public let tensors: OrderedDictionary<String, Tensor>
    /// The texts about the file.
    public let metadata: [String: String]
  }

  /// Reads all tensors and the metadata of a file.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated or malformed file.
  public static func read(_ url: URL, device: Device = .cpu) throws(InterchangeError) -> Contents {
    let (arrays, metadata) = try readArrays(url)
    return Contents(tensors: try arrays.tensors(on: device, path: url.path), metadata: metadata)
  }

  /// Writes tensors and metadata, atomically.
  ///
  /// **Throws**: `InterchangeError` for the name `__metadata__`, for a type the format lacks (complex128), or if the
  /// system refuses; nothing is left behind.
  public static func write(
    _ tensors: OrderedDictionary<String, Tensor>, metadata: [String: String] = [:], to url: URL
  ) throws {
    try write(try tensors.arrays(path: url.path), metadata: metadata, to: url)
  }
}

extension OrderedDictionary<String, HostArray> {
  func tensors(on device: Device, path: String) throws(InterchangeError) -> OrderedDictionary<String, Tensor> {
    var tensors: OrderedDictionary<String, Tensor> = [:]
    for (name, array) in self { tensors[name] = try array.tensor(on: device, path: "\(path) (\"\(name)\")") }
    return tensors
  }
}

extension OrderedDictionary<String, Tensor> {
  func arrays(path: String) throws(InterchangeError) -> OrderedDictionary<String, HostArray> {
    var arrays: OrderedDictionary<String, HostArray> = [:]
    for (name, tensor) in self { arrays[name] = try HostArray(tensor, path: "\(path) (\"\(name)\")") }
    return arrays
  }
}
