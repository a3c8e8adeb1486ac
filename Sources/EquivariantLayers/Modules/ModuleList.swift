public import Layers

/// Modules in a row that a network applies as it likes.
///
/// **Symmetry**: that of each module.
///
/// **State**: keys are positions, `0.weights`.
///
/// **escnn**: e2cnn's `ModuleList`.
public final class ModuleList: Module {
  /// The modules in order.
  public let parts: [EquivariantModule]

  /// The positions are keys of their own.
  public override class var stateKeys: [String: String] { ["parts": ""] }

  /// Creates a list.
  public init(_ parts: [EquivariantModule]) { self.parts = parts }

  /// Creates a list.
  public convenience init(_ parts: EquivariantModule...) { self.init(parts) }

  /// The exported modules in order.
  public func export() -> [Layer] { parts.map { $0.export() } }
}
