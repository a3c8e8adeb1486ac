extension Module: CustomStringConvertible {
  /// The module in one line, for example `Conv2D(1, 8, kernelSize: 3)`.
  public final var line: String {
    var description = ModuleDescription()
    describe(&description)
    return "\(type(of: self))(\(description.text))"
  }

  /// The module and its parts, one a line, with the number of parameters of each part that holds some.
  public final var description: String {
    var lines: [String] = []
    func add(_ module: Module, key: String, depth: Int) {
      let indent = String(repeating: "  ", count: depth)
      let count = module.parameterCount
      let label = key.isEmpty ? "" : key + ": "
      lines.append(indent + label + module.line + (count > 0 ? "  [\(count) parameters]" : ""))
      for child in module.children { add(child.module, key: child.key, depth: depth + 1) }
    }
    add(self, key: "", depth: 0)
    return lines.joined(separator: "\n")
  }
}
