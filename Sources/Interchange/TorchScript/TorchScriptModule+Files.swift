public import Foundation
public import Tensors

extension TorchScriptModule {
  /// Writes the program and its weights to a file that `torch.jit.load` reads.
  ///
  /// The file appears complete or not at all; see ``AtomicFile``.
  ///
  /// **Throws**: `InterchangeError` if the system refuses, `TorchError` if LibTorch cannot write the program; nothing is
  /// left behind.
  public func save(to url: URL) throws {
    try AtomicFile.withTemporary(for: url) { try write(to: $0.path, reportedAs: url.path) }
  }
}
