import OrderedCollections

/// Which module of theirs stands for which of ours.
struct ModulePairing {
  let pairs: [(ours: ModuleState, theirs: ForeignModule)]

  /// Pairs by the given keys, then by equal keys where all have them, else in order.
  init(
    _ ours: [ModuleState], _ foreign: ForeignStateDict, named: [String: String]
  ) throws(ImportError) {
    let all = foreign.modules
    let byKey = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var given: [String: ForeignModule] = [:]
    for (key, name) in named.sorted(by: { $0.key < $1.key }) {
      guard ours.contains(where: { $0.key == key }) else {
        throw ImportError(
          path: foreign.path,
          problem: "the network has no module \"\(key)\" with state; it has \(Self.list(ours.map(\.key)))")
      }
      guard let module = byKey[name] else {
        throw ImportError(
          path: foreign.path, problem: "the file has no module \"\(name)\"; it has \(Self.list(all.map(\.key)))")
      }
      given[key] = module
    }
    let taken = Set(given.values.map(\.key))
    let openOurs = ours.filter { given[$0.key] == nil }
    let openTheirs = all.filter { !taken.contains($0.key) && !$0.stateNames.isEmpty }
    if openOurs.count == openTheirs.count,
      openOurs.allSatisfy({ byKey[$0.key].map { !$0.stateNames.isEmpty } ?? false })
    {
      for module in openOurs { given[module.key] = byKey[module.key] }
    } else {
      try Self.checkOrder(openOurs, openTheirs, foreign.path)
      for (module, theirs) in zip(openOurs, openTheirs) { given[module.key] = theirs }
    }
    pairs = ours.compactMap { module in given[module.key].map { (module, $0) } }
  }

  /// In order, modules must be as many and of the same kinds.
  private static func checkOrder(
    _ ours: [ModuleState], _ theirs: [ForeignModule], _ path: String
  ) throws(ImportError) {
    for (module, other) in zip(ours, theirs) where module.kind != other.kind {
      throw ImportError(
        path: path,
        problem:
          "\"\(other.key)\" is a \(other.kind.rawValue) (\(list(other.stateNames))), but stands where the network has "
          + "\"\(module.key)\", a \(module.kind.rawValue) (\(module.type)); "
          + "name the modules that belong together (--map ours=theirs)")
    }
    guard ours.count == theirs.count else {
      let rest = ours.count > theirs.count ? ours[theirs.count...].map(\.key) : theirs[ours.count...].map(\.key)
      throw ImportError(
        path: path,
        problem: ours.count > theirs.count
          ? "the file ends before \(list(rest)) of the network"
          : "the file holds \(list(rest)), which the network has not")
    }
  }

  private static func list(_ keys: some Collection<String>) -> String {
    let shown = keys.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    return keys.count > 8 ? shown + " and \(keys.count - 8) more" : shown
  }
}
