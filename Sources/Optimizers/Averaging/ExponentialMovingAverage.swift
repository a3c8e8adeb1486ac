public import Layers
import OrderedCollections
import Tensors

/// A running average of a module's parameters, which often generalizes better than their last values.
///
/// Call `update()` after each step of the optimizer, and `withAverages(_:)` to evaluate. Buffers such as running
/// statistics are not averaged.
///
/// **State**: the averages under the parameters' keys, and the number of updates.
public struct ExponentialMovingAverage {
  /// How much of the average is kept at each update.
  public let decay: Double
  /// Whether the first updates keep less, at most (1 + n) / (10 + n) of the average.
  public let warmsUp: Bool
  /// How many updates were made.
  public private(set) var updateCount = 0

  private let parameters: [NamedParameter]
  private var averages: StateDict

  /// Starts averaging at the present values.
  ///
  /// **Traps**: unless the decay is at least 0 and less than 1.
  public init(_ parameters: [NamedParameter], decay: Double = 0.999, warmsUp: Bool = false) {
    guard (0..<1).contains(decay) else {
      Torch.fail(op: "ExponentialMovingAverage", "the decay must lie in 0..<1, got \(decay)")
    }
    self.decay = decay
    self.warmsUp = warmsUp
    self.parameters = parameters
    averages = Self.values(of: parameters)
  }

  /// Moves the averages towards the present values.
  public mutating func update() {
    updateCount += 1
    let count = Double(updateCount)
    let kept = warmsUp ? min(decay, (1 + count) / (10 + count)) : decay
    withoutGradient {
      // New tensors, so that copies of this value and dictionaries taken from it keep theirs.
      for named in parameters {
        guard let average = averages[named.key] else { continue }
        let value = named.parameter.value.detach()
        averages[named.key] = average * kept + value.to(average.dtype).to(average.device) * (1 - kept)
      }
    }
  }

  /// Runs a closure while the parameters hold the averages; afterwards they hold their own values again.
  public func withAverages<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let own = Self.values(of: parameters)
    assign(averages)
    defer { assign(own) }
    return try body()
  }

  /// Copies the averages into the parameters for good.
  public func apply() { assign(averages) }

  /// The averages by key.
  public var stateDict: StateDict { averages.copy() }

  /// Restores averages and the number of updates.
  ///
  /// **Throws**: when keys, shapes or types do not fit the parameters; nothing is changed then.
  public mutating func load(_ state: StateDict, updateCount: Int) throws(StateDictError) {
    var problems: [StateDictError.Problem] = []
    let known = Set(averages.keys)
    for (key, average) in averages {
      guard let tensor = state[key] else {
        let unknown = state.keys.filter { !known.contains($0) }
        problems.append(.missing(key: key, suggestion: nearestKey(to: key, among: unknown)))
        continue
      }
      if tensor.shape != average.shape {
        problems.append(.shape(key: key, expected: average.shape, found: tensor.shape))
      } else if tensor.dtype != average.dtype {
        problems.append(.dtype(key: key, expected: average.dtype, found: tensor.dtype))
      }
    }
    for key in state.keys where !known.contains(key) { problems.append(.unexpected(key: key, suggestion: nil)) }
    guard problems.isEmpty else { throw StateDictError(problems) }
    for (key, average) in averages { averages[key] = state[key].map { $0.clone().to(average.device) } }
    self.updateCount = updateCount
  }

  private func assign(_ values: StateDict) {
    for named in parameters {
      if let value = values[named.key] { named.parameter.assign(value) }
    }
  }

  private static func values(of parameters: [NamedParameter]) -> StateDict {
    var values = StateDict()
    for named in parameters { values[named.key] = named.parameter.value.detach().clone() }
    return values
  }
}
