public import Foundation
public import OrderedCollections
public import Tensors

extension NumPy {
  /// Reads the array of an npy file as a tensor.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated, malformed or unsupported file.
  public static func read(_ url: URL, device: Device = .cpu) throws(InterchangeError) -> Tensor {
    try readArray(url).tensor(on: device, path: url.path)
  }

  /// Reads all arrays of an npz file as tensors, in the order of the archive.
  ///
  /// **Throws**: `InterchangeError` for a missing, truncated, malformed or unsupported file.
  public static func readArchive(
    _ url: URL, device: Device = .cpu
  ) throws(InterchangeError) -> OrderedDictionary<String, Tensor> {
    try readArrays(url).tensors(on: device, path: url.path)
  }

  /// Writes a tensor as an npy file, atomically.
  ///
  /// **Throws**: `InterchangeError` for a type that NumPy lacks (bfloat16), or if the system refuses.
  public static func write(_ tensor: Tensor, to url: URL, order: Order = .rowMajor) throws(InterchangeError) {
    try write(try HostArray(tensor, path: url.path), to: url, order: order)
  }

  /// Writes tensors as an npz file, atomically; equal tensors give equal bytes.
  ///
  /// **Throws**: `InterchangeError` for a type that NumPy lacks (bfloat16), or if the system refuses.
  public static func writeArchive(
    _ tensors: OrderedDictionary<String, Tensor>, to url: URL, isCompressed: Bool = false
  ) throws {
    try write(try tensors.arrays(path: url.path), to: url, isCompressed: isCompressed)
  }
}
