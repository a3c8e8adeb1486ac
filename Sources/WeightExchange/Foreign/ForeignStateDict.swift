public import Foundation
public import Interchange
public import OrderedCollections
public import Tensors

/// A state dictionary of e2cnn, escnn or plain PyTorch: tensors by key, in the order of the file.
///
/// ```swift
/// let weights = try ForeignStateDict(URL(filePath: "model.pt"))
/// let report = try network.importState(weights)
/// ```
public struct ForeignStateDict {
  /// The tensors by key.
  public let tensors: OrderedDictionary<String, Tensor>
  /// The file, for messages.
  public let path: String

  /// Takes tensors that are in memory.
  public init(_ tensors: OrderedDictionary<String, Tensor>, path: String = "state dictionary") {
    self.tensors = tensors
    self.path = path
  }

  /// Reads a file of `torch.save` (either format) or a safetensors file, told apart by their contents.
  ///
  /// - Parameter key: Where the dictionary stands in what `torch.save` saved, with dots; nil finds it.
  ///
  /// **Throws**: `InterchangeError` for a file that is missing, damaged or holds anything but tensors.
  public init(_ url: URL, key: String? = nil) throws(InterchangeError) {
    path = url.path
    guard try PyTorchFile.isRecognized(url) else {
      guard try Safetensors.isRecognized(url) else {
        throw InterchangeError(
          .malformed, path: path, "this is neither a file of torch.save nor one of safetensors",
          expected: "a zip archive, a pickle, or the length of a JSON header and the header")
      }
      tensors = try Safetensors.read(url).tensors
      return
    }
    var tensors: OrderedDictionary<String, Tensor> = [:]
    for (name, array) in try PyTorchFile.readStateDict(url, at: key) {
      tensors[name] = try array.tensor(path: "\(path) (\"\(name)\")")
    }
    self.tensors = tensors
  }

  /// The modules that own the tensors, in order of their first one.
  ///
  /// A common first part such as `module.`, which data-parallel training adds, is left out.
  var modules: [ForeignModule] {
    var common = ""
    if tensors.keys.allSatisfy({ $0.hasPrefix("module.") }) { common = "module." }
    var modules: OrderedDictionary<String, ForeignModule> = [:]
    for (key, tensor) in tensors {
      let (prefix, local) = ForeignKey.split(String(key.dropFirst(common.count)))
      modules[prefix, default: ForeignModule(key: prefix)].entries[local] = ForeignModule.Entry(
        key: key, tensor: tensor)
    }
    return Array(modules.values)
  }
}
