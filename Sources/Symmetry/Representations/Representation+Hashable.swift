extension Representation {
  /// Whether group, irreps, capabilities and change of basis (within 1e-9) agree.
  public static func == (left: Representation, right: Representation) -> Bool {
    let (a, b) = (left.storage, right.storage)
    if a === b { return true }
    return a.hash == b.hash && a.group == b.group && a.irreps == b.irreps && a.capabilities == b.capabilities
      && (a.hasIdentityBasis && b.hasIdentityBasis || a.changeOfBasis.maxAbsDifference(to: b.changeOfBasis) <= 1e-9)
  }

  /// Feeds a value computed once, so hashing costs the same for every size.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(storage.hash)
  }
}
