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
      "cannot read \"\(text)\" at character \(offset + 1): \(reason)"
    case .notARepresentation(let group, let reason):
      "not a representation of \(group): \(reason)"
    case .unsupportedInduction(let group, let subgroup, let reason):
      "cannot induce from \(subgroup) to \(group): \(reason)"
    }
  }
}
