extension SymmetryError: CustomStringConvertible {
  /// The problem in one sentence.
  public var description: String {
    switch self {
    case .unknownGroup(let name):
      "unknown group \"\(name)\"; use C1, C2, …, D1, D2, …, SO2, O2 or Flip"
    case .unknownIrrep(let group, let id):
      "\(group) has no irrep(\(id.map(String.init).joined(separator: ","))); \(Irrep.hint(for: group))"
    case .unknownSubgroup(let group, let id, let reason):
      "\(group) has no subgroup \(id): \(reason)"
    case .needsFiniteGroup(let group, let request):
      "\(request) needs a finite group, \(group) is continuous"
    case .wrongGroup(let expected, let found):
      "expected a representation of \(expected), got one of \(found)"
    case .invalidNotation(let text, let offset, let reason):
      "cannot read \"\(Self.excerpt(text, around: offset))\" at character \(offset + 1): \(reason)"
    case .notARepresentation(let group, let reason):
      "not a representation of \(group): \(reason)"
    case .unsupportedInduction(let group, let subgroup, let reason):
      "cannot induce from \(subgroup) to \(group): \(reason)"
    }
  }

  /// A text of usual length as it is, and of a longer one the part around a place.
  private static func excerpt(_ text: String, around offset: Int) -> String {
    let longest = 120
    guard text.count > longest else { return text }
    let start = max(0, min(offset - longest / 2, text.count - longest))
    let part = text.dropFirst(start).prefix(longest)
    return (start > 0 ? "…" : "") + part + (start + longest < text.count ? "…" : "")
  }
}
