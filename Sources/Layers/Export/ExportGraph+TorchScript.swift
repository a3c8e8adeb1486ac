public import Tensors

extension ExportGraph {
  /// Builds a TorchScript module that computes the network.
  ///
  /// **State**: the names of the tensors are the layer's own keys.
  ///
  /// **Throws**: when LibTorch does not take the program.
  public func torchScript() throws(TorchError) -> TorchScriptModule {
    func named(_ isParameter: Bool) -> [(name: String, tensor: Tensor)] {
      tensors.filter { $0.value.isParameter == isParameter }.map { ($0.key, $0.value.value) }
    }
    return try TorchScriptModule(
      source: TorchScriptPrinter(graph: self).source, parameters: named(true), buffers: named(false))
  }
}

/// Builds a TorchScript module that computes a layer in evaluation mode.
///
/// **State**: the names of the tensors are the layer's own keys.
///
/// **Throws**: `ExportError` when a layer inside cannot be exported.
public func torchScript(of layer: Layer) throws -> TorchScriptModule {
  try ExportGraph(of: layer).torchScript()
}
