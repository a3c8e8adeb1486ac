public import Symmetry

/// How the elements of a group are chosen on which a network's feature maps live.
///
/// Options named after behavior of the original implementation default to what its authors evidently meant; see each.
///
/// **Reference**: Romero and Lohit, "Learning Partial Equivariances From Data", NeurIPS 2022.
public struct GroupSampling: Hashable, Sendable {
  /// Where samples lie.
  public enum Method: String, Codable, CaseIterable, Sendable {
    /// Evenly spaced elements, the same ones at each pass; a partial layer learns which of them to keep.
    case deterministic
    /// Evenly spaced elements with a random offset; a partial layer learns the width of their support.
    case random
  }

  /// What a test draws.
  public enum Evaluation: Hashable, Sendable {
    /// The same elements at every pass: the middle of a learned support; over a whole group, evenly spaced ones that lie
    /// between those of the layer before.
    case fixed
    /// Random numbers that begin anew from a seed at every pass.
    case seeded(UInt64)
    /// New random numbers at every pass, as in the original; results vary, and equivariance holds in expectation only.
    case random
  }

  /// The gradient of the angles on the width θ of their support.
  public enum SupportGradient: String, Codable, CaseIterable, Sendable {
    /// That of the angle as a function of θ at fixed noise u, -π + 2π (i + u) / n.
    case reparametrized
    /// -π + 2π u / n for every element, as in the original, which detaches the positions in the grid.
    case shiftAndJitter = "shift-and-jitter"
  }

  /// What keeps θ a width.
  public enum SupportRange: String, Codable, CaseIterable, Sendable {
    /// θ is put back into 0...1 before each use.
    case projected
    /// θ is left alone, as in the original: a negative one turns the other way, one above 1 overlaps itself.
    case unconstrained
  }

  /// The probability that a deterministic partial layer over SO(2) keeps an element, for a learned p.
  public enum Inclusion: String, Codable, CaseIterable, Sendable {
    /// sigmoid(2 p), which begins at 0.881; O(2) always has this.
    case sigmoid
    /// sigmoid(sigmoid(2 p)), as in the original for SO(2); it stays between 0.5 and 0.731.
    case doubleSigmoid = "double-sigmoid"
  }

  /// The width of the random offset of a partial layer over O(2).
  public enum Jitter: String, Codable, CaseIterable, Sendable {
    /// The spacing of the elements, so that the support is covered evenly.
    case spacing
    /// 2πθ / N with the number N of rotations and reflections, as in the original: less than half the spacing.
    case fullCount = "full-count"
  }

  /// Where the gradient of the decision to keep an element goes (straight through the rounding of a draw).
  public enum GateGradient: String, Codable, CaseIterable, Sendable {
    /// To the element's coordinates, 0 for what is not kept, as in the original: how the kernel would change if an element
    /// moved towards the identity, which need not say what the element is worth.
    case coordinates
    /// To the feature map at the element: how the loss would change if it were fainter.
    case presence
  }

  /// SO(2) or O(2).
  public var group: Group
  /// The number of elements, reflections included.
  public var count: Int
  /// Where they lie.
  public var method: Method
  /// Whether each layer draws elements of its own rather than keeping those of its input.
  public var perLayer: Bool
  /// Whether each image of a batch has elements of its own, in training.
  public var perBatchElement: Bool
  /// The temperature of draws that decide whether an element is kept.
  public var temperature: TemperatureSchedule
  /// What a test draws.
  public var evaluation: Evaluation
  /// The gradient on the width of the support.
  public var supportGradient: SupportGradient
  /// What keeps the width in range.
  public var supportRange: SupportRange
  /// The probability of keeping an element.
  public var inclusion: Inclusion
  /// The width of the random offset over O(2).
  public var jitter: Jitter
  /// Where the gradient of the decision to keep an element goes.
  public var gateGradient: GateGradient

  /// Creates options.
  public init(
    _ group: Group, count: Int, method: Method = .deterministic, perLayer: Bool = false, perBatchElement: Bool = false,
    temperature: TemperatureSchedule = .init(), evaluation: Evaluation = .fixed,
    supportGradient: SupportGradient = .reparametrized, supportRange: SupportRange = .projected,
    inclusion: Inclusion = .sigmoid, jitter: Jitter = .spacing, gateGradient: GateGradient = .coordinates
  ) {
    self.group = group
    self.count = count
    self.method = method
    self.perLayer = perLayer
    self.perBatchElement = perBatchElement
    self.temperature = temperature
    self.evaluation = evaluation
    self.supportGradient = supportGradient
    self.supportRange = supportRange
    self.inclusion = inclusion
    self.jitter = jitter
    self.gateGradient = gateGradient
  }

  /// The number of rotations among the elements.
  public var rotations: Int { group.hasReflections ? count / 2 : count }

  /// The number of learned values of a partial layer.
  public var supportCount: Int {
    switch (method, group.hasReflections) {
    case (.random, false): 1
    case (.random, true): 2
    case (.deterministic, false): count - 1
    case (.deterministic, true): rotations
    }
  }

  /// Makes sure that the options go together.
  ///
  /// **Throws**: `SamplingError`.
  public func validate(isPartial: Bool) throws(SamplingError) {
    guard group == .so2 || group == .o2 else { throw .group(group.name) }
    guard (1...1024).contains(count) else { throw .count(count) }
    if group.hasReflections, count % 2 != 0 { throw .oddCount(count) }
    switch method {
    case .deterministic:
      if perLayer { throw .deterministicPerLayer }
      if perBatchElement { throw .deterministicPerBatchElement }
      if isPartial, supportCount < 1 { throw .nothingToLearn }
    case .random:
      if isPartial, !perLayer { throw .partialNeedsPerLayer }
    }
    guard temperature.final > 0, temperature.initial >= temperature.final, temperature.initial.isFinite else {
      throw .temperature(initial: temperature.initial, final: temperature.final)
    }
  }
}
