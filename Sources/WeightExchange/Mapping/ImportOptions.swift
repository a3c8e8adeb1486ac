/// How state of another library is brought into a module.
public struct ImportOptions: Sendable {
  /// The largest part of a filter that may lie outside of our kernels: ‖filter − projection‖ / ‖filter‖.
  public var tolerance: Double
  /// Which module of theirs stands for one of ours, by keys; those not named are matched by key or by order.
  public var modules: [String: String]
  /// Whether weights without their basis and without a filter are taken to be e2cnn's, whose order is ours.
  public var trustsWeights: Bool

  /// Creates options.
  public init(tolerance: Double = 1e-4, modules: [String: String] = [:], trustsWeights: Bool = false) {
    self.tolerance = tolerance
    self.modules = modules
    self.trustsWeights = trustsWeights
  }
}
