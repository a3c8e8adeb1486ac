import Symmetry

/// The names that e2cnn and escnn give to representations, which are keys and decide the order of weights there.
enum ReferenceName {
  /// The name of a representation over there, such as `irrep_1,0`, `quotient[(None, 2)]` or `D4:regular`.
  static func name(of representation: Representation) -> String {
    if representation.isIrreducible {
      let irrep = representation.irreps[0]
      if ["trivial", irrep.description].contains(representation.name) { return irrep.name }
    }
    return translated(representation.name, hasReflections: representation.group.hasReflections)
  }

  /// The name for one in our notation; ids of irreps have two parts in groups of rotations and reflections.
  private static func translated(_ name: String, hasReflections: Bool) -> String {
    if name == "trivial" { return hasReflections ? "irrep_0,0" : "irrep_0" }
    guard let open = name.firstIndex(of: "("), name.hasSuffix(")") else { return name }
    let arguments = parts(name[name.index(after: open)...].dropLast())
    switch (name[..<open], arguments.count) {
    case ("irrep", _): return "irrep_" + arguments.joined(separator: ",")
    case ("quotient", 1): return "quotient[\(arguments[0])]"
    case ("quotient", 2): return "quotient[(\(arguments[0]), \(arguments[1]))]"
    case ("induced", 2):
      // Inducing from a group with reflections, such as D2 in D4, has ids (k, M); from rotations only (None, M).
      let isRotations = arguments[0].contains("None") || !arguments[0].contains(",")
      return
        "induced[\(arguments[0].replacing(",", with: ", "))][\(translated(arguments[1], hasReflections: !isRotations))]"
    case ("restricted", 3):
      return "\(arguments[0]):\(translated(arguments[2], hasReflections: "DO".contains(arguments[0].prefix(1))))"
    default: return name
    }
  }

  /// What stands between the commas outside of brackets.
  private static func parts(_ text: some StringProtocol) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      if character == "," && depth == 0 {
        parts.append("")
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}
