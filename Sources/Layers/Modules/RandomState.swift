public import Tensors

/// A random generator that a module owns, so that a resumed run draws the same numbers as an uninterrupted one.
///
/// **State**: saved in checkpoints under the key of the property that holds it, apart from the state dictionary.
public final class RandomState {
  /// The generator; drawing from it advances it.
  public var generator: Generator

  /// Creates a state with its own generator.
  public init(_ generator: Generator) { self.generator = generator }

  /// Creates a state whose generator is split off `rng`, which advances.
  public init(splitting rng: inout Generator) { generator = rng.split() }

  /// The generator's state as bytes.
  public var bytes: [UInt8] {
    get { generator.state }
    set { generator.state = newValue }
  }
}
