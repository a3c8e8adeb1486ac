public import Foundation
internal import Interchange
public import Layers

/// Writes a layer in evaluation mode as a TorchScript file, which `torch.jit.load` reads.
///
/// **Throws**: `ExportError` that names a layer which cannot be exported, `InterchangeError` when the file cannot be
/// written; nothing is left behind.
public func exportTorchScript(_ layer: Layer, to url: URL) throws {
  try torchScript(of: layer).save(to: url)
}
