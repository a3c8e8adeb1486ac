#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import Tensors

/// Builds a TorchScript module that computes a layer in evaluation mode.
///
/// **State**: the names of the tensors are the layer's own keys.
///
/// **Traps**: when a layer inside does not override `emitScript(_:input:)`.
public func torchScript(of layer: Layer) throws(TorchError) -> TorchScriptModule {
  var emitter = ScriptEmitter()
  let result = layer.emitScript(&emitter, input: "input")
  return try TorchScriptModule(
    source: emitter.source(result: result), parameters: emitter.parameters.map { ($0.key, $0.value) },
    buffers: emitter.buffers.map { ($0.key, $0.value) })
}

/// Writes a layer in evaluation mode as a TorchScript file, which `torch.jit.load` reads.
///
/// **Throws**: when the file cannot be written.
///
/// **Traps**: when a layer inside does not override `emitScript(_:input:)`.
public func exportTorchScript(_ layer: Layer, to url: URL) throws(TorchError) {
  try torchScript(of: layer).save(to: url.path)
}
