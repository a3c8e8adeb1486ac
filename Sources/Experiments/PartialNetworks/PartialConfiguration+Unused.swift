internal import PartialEquivariance
internal import Symmetry

extension PartialConfiguration {
  /// A setting that changes nothing in the network it is given for.
  struct Unused {
    /// Its dotted path in the `model` section.
    let key: String
    /// Why it has no effect, and what would give it one.
    let reason: String
    /// Whether it is an error; otherwise it is only told of, because the original's own commands give it.
    var isRefused = true
  }

  /// The settings without effect that differ from their defaults.
  ///
  /// Those that stand at their defaults are none of them: resolved configurations hold every key.
  var unused: [Unused] {
    var found = unusedOfSampling
    // A random element differs from layer to layer, so that there is an angle between the only ones of two layers.
    let isOverTranslations =
      group.name == .se2 && group.samples == 1 && group.sampling == GroupSampling.Method.deterministic.rawValue
    if kernel.angle != ContinuousKernel.Angle.interval.rawValue, kind.isAugerino || isOverTranslations {
      let network = kind.isAugerino ? "Augerino's convolutions have" : "a network of one element has"
      found.append(
        Unused(
          key: "kernel.angle",
          reason: "\(network) no angles between elements; its kernels get a constant more, and other random numbers",
          isRefused: false))
    }
    if frequencyRate != nil, !kernel.learnsOmega0 {
      found.append(
        Unused(
          key: "rates.frequency",
          reason: "no frequency is learned; set kernel.learnsOmega0: true (sirens only), or leave it out"))
    }
    let isFull = "the network is not partial and has no supports to learn; set group.partial: true, or leave it out"
    let isAugerino = "Augerino's one support is learned like everything else; leave it out"
    for (key, isGiven) in [("rates.support", supportRate != nil), ("losses.monotonicity", monotonicityLoss > 0)]
    where isGiven && !group.partial {
      found.append(Unused(key: key, reason: kind.isAugerino ? isAugerino : isFull, isRefused: kind.isAugerino))
    }
    return found
  }

  private var unusedOfSampling: [Unused] {
    let defaults = GroupSampling(.so2, count: 1)
    let isLearned = group.partial || kind.isAugerino
    let isRandom = group.sampling == GroupSampling.Method.random.rawValue
    let hasReflections = group.name == .e2
    let whole = "the network is not partial and keeps all elements; set group.partial: true, or leave it out"
    func unused(_ key: String, _ isGiven: Bool, unless isUsed: Bool, _ reason: String) -> Unused? {
      guard isGiven, !(isLearned && isUsed) else { return nil }
      return Unused(key: "group.\(key)", reason: isLearned ? reason : whole)
    }
    let hasGates = hasReflections || !isRandom
    let noGates =
      "SE2 with random samples narrows their range and leaves no element out; choose E2 or "
      + "sampling: deterministic, or leave it out"
    let noRange = "deterministic samples have no range of angles to learn; set sampling: random, or leave it out"
    return [
      unused(
        "gateGradient", group.gateGradient != defaults.gateGradient.rawValue, unless: hasGates && !kind.isAugerino,
        kind.isAugerino ? "Augerino has no feature maps on group elements; leave it out" : noGates),
      unused(
        "initialTemperature", group.initialTemperature != defaults.temperature.initial, unless: hasGates, noGates),
      unused("finalTemperature", group.finalTemperature != defaults.temperature.final, unless: hasGates, noGates),
      unused("supportGradient", group.supportGradient != defaults.supportGradient.rawValue, unless: isRandom, noRange),
      unused("supportRange", group.supportRange != defaults.supportRange.rawValue, unless: isRandom, noRange),
      unused(
        "inclusion", group.inclusion != defaults.inclusion.rawValue, unless: !isRandom && !hasReflections,
        "only SE2 with deterministic samples has it; leave it out"),
      unused(
        "jitter", group.jitter != defaults.jitter.rawValue, unless: isRandom && hasReflections,
        "only E2 with random samples has it; leave it out"),
    ].compactMap(\.self)
  }

  /// One sentence for each setting that has no effect and that the original's commands give all the same.
  var notices: [String] {
    unused.filter { !$0.isRefused }.map { "model.\($0.key) has no effect: \($0.reason)" }
  }
}
