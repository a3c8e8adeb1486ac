import Tensors

/// The base class of everything that holds parameters: layers, whole networks, and parts of them.
///
/// A subclass declares its parts as plain stored properties; they are found by reflection, superclass first and in
/// order of declaration, so that nothing has to be registered. Found are `Parameter`, `Buffer`, `RandomState`, other modules,
/// and optionals and arrays of these. The parts must not be replaced after the first use.
///
/// **Traps**: at the first use, when a property holds a bare `Tensor`, an unordered dictionary or another container of
/// parts that cannot be named; the message names the property.
///
/// **State**: keys are the properties' names in snake case joined with dots, array elements by index
/// (`blocks.0.conv1.weight`), and they are the same in every mode.
open class Module {
  /// Whether layers such as dropout and batch normalization behave as in training.
  public private(set) final var isTraining = true

  private var cachedMembers: [Member]?

  /// Creates a module in training mode.
  public init() {}

  /// Keys that replace the names of properties; an empty key leaves the level out.
  ///
  /// **State**: a subclass that overrides this merges the keys of its superclass itself.
  open class var stateKeys: [String: String] { [:] }

  /// Called on each module after its mode changed.
  open func trainingModeDidChange() {}

  /// Adds what distinguishes this module (sizes, options) to its printed line.
  open func describe(_ description: inout ModuleDescription) {}

  /// The parts found by reflection, in order.
  final var members: [Member] {
    if let cachedMembers { return cachedMembers }
    let found = discoverMembers(of: self)
    cachedMembers = found
    return found
  }

  /// Forgets which parts were found, so that the next use looks again.
  public final func forgetMembers() {
    for case .module(_, let child) in members { child.forgetMembers() }
    cachedMembers = nil
  }

  final func setMode(training: Bool) {
    isTraining = training
    for case .module(_, let child) in members { child.setMode(training: training) }
    trainingModeDidChange()
  }
}

extension Module {
  /// Switches this module and all its parts to training mode.
  public final func train() { setMode(training: true) }

  /// Switches this module and all its parts to evaluation mode.
  public final func eval() { setMode(training: false) }

  /// Runs a closure in evaluation mode and restores the mode of every part afterwards.
  public final func evaluating<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let modes = modules.map { ($0, $0.isTraining) }
    eval()
    defer {
      for (module, mode) in modes { module.isTraining = mode }
      for (module, _) in modes { module.trainingModeDidChange() }
    }
    return try body()
  }
}
