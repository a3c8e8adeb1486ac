public import Tensors

/// Sets random elements to zero in training and scales the others up, so that the mean stays.
///
/// **Shapes**: any; the output has the input's shape. With `wholeChannels`, `[N, C, …]`.
///
/// **Symmetry**: exact in evaluation mode; in training only in distribution.
///
/// **State**: its own generator, saved in checkpoints.
public final class Dropout: Layer {
  /// The probability that an element is set to zero.
  public let probability: Double
  /// Whether whole channels are set to zero rather than single elements.
  public let wholeChannels: Bool
  /// Where the random numbers come from.
  public let random: RandomState

  /// Creates a layer with a generator split off `rng`.
  ///
  /// **Traps**: unless the probability is at least 0 and less than 1.
  public init(probability: Double = 0.5, wholeChannels: Bool = false, rng: inout Generator) {
    guard (0..<1).contains(probability) else {
      Torch.fail(op: "Dropout", "needs a probability in 0..<1, got \(probability)")
    }
    self.probability = probability
    self.wholeChannels = wholeChannels
    random = RandomState(splitting: &rng)
  }

  private init(copying other: Dropout) {
    probability = other.probability
    wholeChannels = other.wholeChannels
    random = RandomState(other.random.generator)
  }

  /// A layer that draws the same numbers next.
  public override func copy() -> Layer { Dropout(copying: self) }

  /// Drops elements in training; returns the input in evaluation mode.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    guard isTraining, probability > 0 else { return x }
    var shape = x.shape
    if wholeChannels {
      guard x.rank >= 2 else { fail("expected an input [N, C, …], got \(x.shape)") }
      shape = Shape(x.shape.prefix(2) + Array(repeating: 1, count: x.rank - 2))
    }
    // Processes that share a batch draw for all of it, each for its own images the same as one process alone.
    let share = shape.rank > 0 ? BatchShare.rows(shape[0]) : nil
    let drawn = share.map { Shape([$0.total] + shape.dropFirst()) } ?? shape
    var uniform = Tensor.rand(drawn, using: &random.generator, dtype: .float32, device: x.device)
    if let share { uniform = uniform.narrow(0, start: share.first, length: shape[0]) }
    return x * (uniform.greaterOrEqual(to: probability).to(x.dtype) * (1 / (1 - probability)))
  }

  /// Emits nothing; dropout does nothing in evaluation mode.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value { input }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape { shape }

  /// Adds the probability.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(probability)
    if wholeChannels { description.add("wholeChannels", true) }
  }
}
