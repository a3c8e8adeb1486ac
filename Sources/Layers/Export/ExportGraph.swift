public import OrderedCollections
public import Tensors

/// A network in evaluation mode as a list of typed operations over named tensors.
///
/// Layers write themselves into a graph once, in `Layer.emit(into:input:)`; printers then turn the graph into TorchScript,
/// ONNX or whatever else is wanted. The list is in an order in which every operation comes after those it uses.
///
/// **State**: the names of the tensors are the keys of the layer's state dict.
public struct ExportGraph {
  /// The operations in the order in which they can be computed.
  public private(set) var nodes: [Node] = []
  /// The tensors that the operations use, by dotted names.
  public private(set) var tensors: OrderedDictionary<String, StoredTensor> = [:]
  /// The result of the whole network.
  public private(set) var output: Value = .input

  private var path: [String] = []
  private var layer = ""
  private var refusal: ExportError?
  private var owners: [String: ObjectIdentifier] = [:]

  /// Writes a layer and all that it holds into a new graph.
  ///
  /// **Throws**: `ExportError` that names the first layer inside which does not override `emit(into:input:)`.
  public init(of layer: Layer) throws(ExportError) {
    self.layer = "\(type(of: layer))"
    output = layer.emit(into: &self, input: .input)
    if let refusal { throw refusal }
  }

  /// Adds an operation and returns its result.
  public mutating func add(_ operation: Operation) -> Value {
    nodes.append(Node(operation: operation, path: path.joined(separator: "."), layer: layer))
    return .result(nodes.count - 1)
  }

  /// Adds a layer that the present one holds under `name`, the key of the property or the index, and returns its result.
  public mutating func emit(_ layer: Layer, named name: String, input: Value) -> Value {
    let outer = self.layer
    path.append(name)
    self.layer = "\(type(of: layer))"
    defer {
      path.removeLast()
      self.layer = outer
    }
    return layer.emit(into: &self, input: input)
  }

  /// Adds a trained tensor of the present layer.
  public mutating func tensor(_ parameter: Parameter, named name: String) -> Value {
    store(parameter.value, name, isParameter: true, of: parameter)
  }

  /// Adds a trained tensor of the present layer, where there is one.
  public mutating func tensor(_ parameter: Parameter?, named name: String) -> Value? {
    parameter.map { tensor($0, named: name) }
  }

  /// Adds a buffer of the present layer.
  public mutating func tensor(_ buffer: Buffer, named name: String) -> Value {
    store(buffer.value, name, isParameter: false, of: buffer)
  }

  /// Adds a buffer of the present layer, where there is one.
  public mutating func tensor(_ buffer: Buffer?, named name: String) -> Value? {
    buffer.map { tensor($0, named: name) }
  }

  /// Adds a constant of the present layer, which its state dict need not have.
  public mutating func tensor(_ constant: Tensor, named name: String) -> Value {
    store(constant, name, isParameter: false)
  }

  /// Adds a table of indices of the present layer.
  public mutating func indices(_ indices: [Int], named name: String) -> Value {
    store(Tensor(indices, shape: [indices.count]), name, isParameter: false)
  }

  /// Notes that the present layer cannot be exported; `init(of:)` then throws.
  public mutating func refuse(_ reason: String) {
    if refusal == nil { refusal = ExportError(path: path.joined(separator: "."), layer: layer, reason: reason) }
  }

  /// Stores a tensor once for each name and owner, so that a layer which is emitted twice has its tensors once.
  private mutating func store(
    _ tensor: Tensor, _ name: String, isParameter: Bool, of owner: AnyObject? = nil
  ) -> Value {
    let wanted = (path + [name]).joined(separator: ".")
    if let owner, let known = owners[wanted], known == ObjectIdentifier(owner) { return .tensor(wanted) }
    if let owner, tensors[wanted] == nil { owners[wanted] = ObjectIdentifier(owner) }
    var unique = wanted
    var count = 1
    while tensors[unique] != nil {
      count += 1
      unique = "\(wanted)_\(count)"
    }
    tensors[unique] = StoredTensor(value: tensor.detach().contiguous(), isParameter: isParameter)
    return .tensor(unique)
  }
}
