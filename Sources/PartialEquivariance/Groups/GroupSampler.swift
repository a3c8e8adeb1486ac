internal import Foundation
public import Layers
internal import Symmetry
public import Tensors

/// Draws the group elements of a layer: over the whole group, or from a learned distribution.
///
/// **Symmetry**: a learned distribution makes a layer equivariant to the differences within its support only.
///
/// **State**: `support`, if learned: θ in units of a half turn each way (then the logit of the reflections for O(2));
/// with deterministic sampling one logit for each element but the identity. All begin at 1. A generator of its own.
public final class GroupSampler: Module {
  /// How elements are chosen.
  public let sampling: GroupSampling
  /// The learned distribution; nil for the whole group.
  public let support: Parameter?
  /// Where the random numbers of training come from.
  public let random: RandomState

  private let clock: SamplingClock
  private let position: Int

  /// Creates a sampler with a generator split off `rng`.
  ///
  /// **Traps**: when the options do not go together; `GroupSampling.validate(isPartial:)` tells before.
  public init(
    _ sampling: GroupSampling, isPartial: Bool = false, clock: SamplingClock = SamplingClock(), rng: inout Generator
  ) {
    do {
      try sampling.validate(isPartial: isPartial)
    } catch {
      Torch.fail(op: "GroupSampler", "\(error)")
    }
    self.sampling = sampling
    support = isPartial ? Parameter(Tensor.ones([sampling.supportCount])) : nil
    random = RandomState(splitting: &rng)
    self.clock = clock
    position = clock.register()
  }

  /// Draws elements; in evaluation mode those that `sampling.evaluation` asks for.
  ///
  /// **Shapes**: one set, or `batch` sets in training if each image is to have its own.
  public func callAsFunction(batch: Int = 1) -> GroupSamples {
    if isTraining || sampling.evaluation == .random {
      var noise = SamplingNoise(generator: random.generator)
      let isOwn = sampling.perBatchElement && sampling.method == .random
      // Processes that share a batch draw for all of it, each for its own images the same as one process alone.
      let share = isOwn ? BatchShare.rows(batch) : nil
      let samples = draw(sets: isOwn ? share?.total ?? batch : 1, noise: &noise)
      if let advanced = noise.generator { random.generator = advanced }
      return share.map { samples.sets(from: $0.first, count: batch) } ?? samples
    }
    var noise = SamplingNoise()
    if case .seeded(let seed) = sampling.evaluation {
      // Layers get numbers of their own from one seed.
      noise.generator = Generator(seed: seed &+ UInt64(position) &* 0x9E37_79B9_7F4A_7C15)
    }
    return draw(sets: 1, noise: &noise)
  }

  /// What a test with fixed samples uses, whatever the mode.
  public func fixed() -> GroupSamples {
    var noise = SamplingNoise()
    return withoutGradient { draw(sets: 1, noise: &noise) }
  }

  /// The learned share of the group: θ for random sampling, the probabilities of keeping each element otherwise.
  public var supportValues: [Double]? {
    guard let support else { return nil }
    let values = support.value.detach().scalars(as: Double.self)
    switch sampling.method {
    case .random:
      let width = sampling.supportRange == .projected ? min(1, max(0, values[0])) : values[0]
      return [width] + values.dropFirst().map { Self.sigmoid(2 * $0) }
    case .deterministic:
      let isDouble = sampling.inclusion == .doubleSigmoid && !sampling.group.hasReflections
      return values.map { isDouble ? Self.sigmoid(Self.sigmoid(2 * $0)) : Self.sigmoid(2 * $0) }
    }
  }

  /// What the distribution has learned, by name; nil for the whole group.
  public var learnedSupport: LearnedSupport? {
    guard let values = supportValues else { return nil }
    switch sampling.method {
    case .random:
      return LearnedSupport(width: values[0], reflections: sampling.group.hasReflections ? values[1] : nil)
    case .deterministic:
      let rotations = sampling.rotations - 1
      return LearnedSupport(
        rotations: Array(values.prefix(rotations)), reflections: sampling.group.hasReflections ? values[rotations] : nil
      )
    }
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  // MARK: - Drawing

  private func draw(sets: Int, noise: inout SamplingNoise) -> GroupSamples {
    let temperature = sampling.temperature.temperature(at: clock.progress)
    var rotations: Tensor
    var presence: Tensor?
    if let support {
      switch sampling.method {
      case .random: rotations = partialRotations(of: support, sets: sets, noise: &noise)
      case .deterministic:
        (rotations, presence) = keptRotations(of: support, temperature: temperature, noise: &noise)
      }
    } else {
      rotations = allRotations(sets: sets, noise: &noise)
    }
    guard sampling.group.hasReflections else { return GroupSamples(.so2, angles: rotations, presence: presence) }
    let ones = Tensor.ones(rotations.shape, dtype: .float64)
    var reflected = -ones
    var twin = presence
    if let support {
      let logit = support.value.slice(0, from: sampling.supportCount - 1).to(.float64).to(.cpu)
      let gate = noise.bernoulli(logits: logit * 2.0, temperature: temperature)
      guard gate.isKept[0] else { return GroupSamples(.o2, angles: rotations, signs: ones, presence: presence) }
      switch sampling.gateGradient {
      case .coordinates: reflected = -ones * gate.value
      case .presence: twin = (presence ?? ones) * gate.value
      }
    }
    return GroupSamples(
      .o2, angles: Tensor.concatenated([rotations, rotations], along: 1),
      signs: Tensor.concatenated([ones, reflected], along: 1),
      presence: twin.map { Tensor.concatenated([presence ?? ones, $0], along: 1) })
  }

  /// 0, 2π/N, …, and for random sampling a common offset below 2π/N.
  private func allRotations(sets: Int, noise: inout SamplingNoise) -> Tensor {
    let spacing = 2 * Double.pi / Double(sampling.rotations)
    let grid = positions(sampling.rotations) * spacing
    guard sampling.method == .random else { return grid }
    return grid + noise.uniform([sets, 1], center: alternatingOffset) * spacing
  }

  /// Where a fixed draw over the whole group begins, in units of the spacing: layers that draw for themselves alternate
  /// between 0 and 1/2.
  ///
  /// In training the offset between two layers is anything, so a network knows the middle best and their coincidence
  /// least. Grids that begin at 0 or 1/2 are the two kinds that reflections map to themselves.
  private var alternatingOffset: Double { sampling.perLayer ? Double(position % 2) / 2 : 0 }

  /// Elements evenly spaced over [-πθ, πθ), fewer for a smaller θ, with a common offset below their spacing.
  private func partialRotations(of support: Parameter, sets: Int, noise: inout SamplingNoise) -> Tensor {
    let width = width(of: support)
    let count = Self.count(width.item(), sampling)
    let spacing = width * (2 * .pi / Double(count))
    let detached = sampling.supportGradient == .shiftAndJitter ? spacing.detach() : spacing
    var jitter = spacing
    if sampling.jitter == .fullCount, sampling.group.hasReflections {
      jitter = width * (2 * .pi / Double(sampling.count))
    }
    let angles = positions(count) * detached - width * Double.pi + noise.uniform([sets, 1], center: 0.5) * jitter
    return GroupSamples.wrapped(angles)
  }

  /// The evenly spaced elements that a draw keeps, with their presence if it has the gradient; the identity always is.
  private func keptRotations(
    of support: Parameter, temperature: Double, noise: inout SamplingNoise
  ) -> (angles: Tensor, presence: Tensor?) {
    let grid = positions(sampling.rotations) * (2 * .pi / Double(sampling.rotations))
    guard sampling.rotations > 1 else { return (grid, nil) }
    var logits = support.value.slice(0, to: sampling.rotations - 1).to(.float64).to(.cpu) * 2.0
    if sampling.inclusion == .doubleSigmoid, !sampling.group.hasReflections { logits = logits.sigmoid() }
    let gates = noise.bernoulli(logits: logits, temperature: temperature)
    let kept = [0] + gates.isKept.indices.filter { gates.isKept[$0] }.map { $0 + 1 }
    let factors = Tensor.concatenated([Tensor.ones([1], dtype: .float64), gates.value], along: 0)
    let index = Tensor(kept, shape: [kept.count])
    switch sampling.gateGradient {
    case .coordinates: return ((grid * factors).indexSelect(1, index), nil)
    case .presence: return (grid.indexSelect(1, index), factors.unsqueeze(0).indexSelect(1, index))
    }
  }

  /// θ, brought back into range where that is asked for.
  private func width(of support: Parameter) -> Tensor {
    let value = support.value[0]
    guard sampling.supportRange == .projected else { return value.to(.float64).to(.cpu) }
    let number = value.detach().item()
    guard number < 0 || number > 1 else { return value.to(.float64).to(.cpu) }
    guard isTraining else { return value.clamp(min: 0, max: 1).to(.float64).to(.cpu) }
    // The projection of a gradient step: clamping in the graph instead would stop the gradient outside for good.
    support.mutate { $0[0].copyInPlace(from: Tensor(min(1, max(0, number)), dtype: $0.dtype, device: $0.device)) }
    return support.value[0].to(.float64).to(.cpu)
  }

  /// The number of rotations for a width: N θ rounded up, at least 1 and at most N.
  static func count(_ width: Double, _ sampling: GroupSampling) -> Int {
    let all = sampling.rotations
    // A width that is not a number shows in the loss, which the trainer reports.
    guard width.isFinite else { return all }
    // The original takes the absolute value of a negative width before rounding for SO(2) and after for O(2).
    let scaled = (Double(all) * (sampling.group.hasReflections ? width : abs(width))).rounded(.up)
    return max(1, abs(Int(min(Double(all), max(-Double(all), scaled)))))
  }

  private func positions(_ count: Int) -> Tensor { Tensor.arange(0, count, dtype: .float64).unsqueeze(0) }

  /// Adds the group and how it is sampled.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(sampling.group)
    description.add("count", sampling.count)
    description.add(".\(sampling.method)")
    if support != nil { description.add("isPartial", true) }
  }
}
