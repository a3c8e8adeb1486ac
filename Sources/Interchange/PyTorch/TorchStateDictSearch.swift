import OrderedCollections

/// Finds the dictionary of tensors in a saved object.
struct TorchStateDictSearch {
  private let pickle: Pickle
  private let tensors: TorchTensors
  private var visited = 0

  private static let usualKeys = ["state_dict", "model_state_dict", "model", "weights"]
  private static let maximumDepth = 8

  init(_ archive: any TorchArchive) {
    pickle = archive.pickle
    tensors = TorchTensors(archive)
  }

  mutating func stateDict(at key: String?) throws(InterchangeError) -> OrderedDictionary<String, HostArray> {
    let value: PickleValue
    if let key { value = try self.value(at: key) } else { value = try found() }
    var result: OrderedDictionary<String, HostArray> = [:]
    try collect(value, prefix: "", depth: 0, into: &result)
    guard !result.isEmpty else {
      throw pickle.failure("the object under \"\(key ?? "")\"", "holds no tensors", expected: "a state dictionary")
    }
    return result
  }

  private func value(at path: String) throws(InterchangeError) -> PickleValue {
    var value = pickle.root
    for part in path.split(separator: ".") {
      let dictionary = try pickle.dictionary(value, "the object above \"\(part)\"")
      guard let next = dictionary[String(part)] else {
        throw pickle.failure(
          "the file", "holds no \"\(path)\"", expected: "one of \(dictionary.keys.prefix(8).joined(separator: ", "))",
          kind: .missing)
      }
      value = next
    }
    return value
  }

  /// The root when it holds tensors itself, else the dictionary that a training script saved among other things.
  private mutating func found() throws(InterchangeError) -> PickleValue {
    guard case .dictionary? = pickle.object(pickle.root) else {
      throw pickle.failure(
        "the saved object", "is \(pickle.kind(pickle.root))", expected: "torch.save(model.state_dict(), …)",
        kind: .unsupported)
    }
    let root = try entries(pickle.root)
    if root.contains(where: { tensors.isTensor($0.value) }) { return pickle.root }
    var candidates: [(key: String, value: PickleValue)] = []
    for (key, value) in root {
      if try holdsTensors(value) { candidates.append((key, value)) }
    }
    for key in Self.usualKeys {
      if let candidate = candidates.first(where: { $0.key == key }) { return candidate.value }
    }
    guard candidates.count == 1 else {
      let names = candidates.map { "\"\($0.key)\"" }.joined(separator: ", ")
      throw pickle.failure(
        "the file", candidates.isEmpty ? "holds no tensors" : "holds several dictionaries of tensors: \(names)",
        expected: "a state dictionary")
    }
    return candidates[0].value
  }

  private func holdsTensors(_ value: PickleValue) throws(InterchangeError) -> Bool {
    guard case .dictionary(let entries)? = pickle.object(value) else { return false }
    return entries.contains { tensors.isTensor($0.value) }
  }

  private func entries(_ value: PickleValue) throws(InterchangeError) -> OrderedDictionary<String, PickleValue> {
    try pickle.dictionary(value, "the saved dictionary")
  }

  /// Gathers tensors; dictionaries that hold each other are cut off, for their paths are more than the objects.
  private mutating func collect(
    _ value: PickleValue, prefix: String, depth: Int, into result: inout OrderedDictionary<String, HostArray>
  ) throws(InterchangeError) {
    for (key, value) in try entries(value) {
      visited += 1
      guard depth < Self.maximumDepth, visited <= 1 << 20 else {
        throw pickle.failure(
          "the saved dictionary", "is nested too deeply", expected: "at most \(Self.maximumDepth) levels",
          kind: .unsupported)
      }
      let path = prefix + key
      if tensors.isTensor(value) {
        guard result.updateValue(try tensors.array(value, "\"\(path)\""), forKey: path) == nil else {
          throw pickle.failure("the key \"\(path)\"", "occurs twice")
        }
      } else if case .dictionary? = pickle.object(value) {
        // Other dictionaries, such as options with numbers as keys, are no part of a state dictionary.
        if (try? entries(value)) != nil {
          try collect(value, prefix: path + ".", depth: depth + 1, into: &result)
        }
      }
    }
  }
}
