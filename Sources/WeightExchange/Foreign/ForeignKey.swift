/// How e2cnn and escnn make keys: the module's path, a dot, and a name that may hold dots itself.
enum ForeignKey {
  /// Parts of one module of theirs that are modules on their own in PyTorch.
  private static let inner = ["_basisexpansion.", "basisexpansion.", "batch_norm_["]

  /// The path of the module that a key belongs to, and the name inside it.
  static func split(_ key: String) -> (module: String, name: String) {
    for part in inner {
      if key.hasPrefix(part) { return ("", key) }
      if let range = key.ranges(of: "." + part).first {
        return (String(key[..<range.lowerBound]), String(key[key.index(after: range.lowerBound)...]))
      }
    }
    // Names of representations stand in brackets and may hold dots.
    var depth = 0
    for index in key.indices.reversed() {
      switch key[index] {
      case ")", "]": depth += 1
      case "(", "[": depth -= 1
      case "." where depth == 0: return (String(key[..<index]), String(key[key.index(after: index)...]))
      default: break
      }
    }
    return ("", key)
  }

  /// Whether a name is of a buffer that follows from the network's structure or from other entries.
  static func isDerived(_ name: String) -> Bool {
    if ["filter", "expanded_bias", "bias_expansion", "mask", "eps", "A", "Ainv", "change_of_basis"].contains(name) {
      return true
    }
    if name.hasPrefix("_basisexpansion.") || name.hasPrefix("basisexpansion.") { return true }
    if name.hasSuffix("_change_of_basis") || name.hasSuffix("_change_of_basis_inv") || name.hasSuffix("_avg") {
      return true
    }
    let starts = ["vars_aggregator_", "vars_propagator_", "change_of_basis_", "indices_", "fiber_indices_"]
    return starts.contains { name.hasPrefix($0) } || name.hasSuffix("_indices") || name.contains("_indices_")
  }

  /// The names of the two representations in `_basisexpansion.block_expansion_('in', 'out').sampled_basis`.
  static func pair(_ name: String) -> (input: String, output: String)? {
    guard name.hasSuffix(".sampled_basis"), let start = name.ranges(of: "block_expansion_(").first?.upperBound,
      let end = name.ranges(of: ").sampled_basis").last?.lowerBound, start < end
    else { return nil }
    // Python writes a name in single quotes, or in double ones if it holds a single one.
    var texts: [String] = []
    var rest = name[start..<end]
    while let quote = rest.first, quote == "'" || quote == "\"" {
      rest = rest.dropFirst()
      guard let close = rest.firstIndex(of: quote) else { return nil }
      texts.append(String(rest[..<close]))
      rest = rest[rest.index(after: close)...].drop { $0 == "," || $0 == " " }
    }
    return texts.count == 2 && rest.isEmpty ? (texts[0], texts[1]) : nil
  }
}
