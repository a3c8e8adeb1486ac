internal import Layers
internal import Tensors

extension Sequential {
  /// The fully connected part that all LeNets share: 120 and 84 hidden units, then dropout and the logits.
  ///
  /// **Symmetry**: none: the maps are flattened with their positions, so the logits of a steerable LeNet change when its
  /// maps turn.
  static func leNetHead(inputs: Int, classes: Int, dropout: Double, rng: inout Generator) -> Sequential {
    Sequential(
      Flatten(), Linear(from: inputs, to: 120, rng: &rng), Activation(.relu), Linear(from: 120, to: 84, rng: &rng),
      Activation(.relu), Dropout(probability: dropout, rng: &rng), Linear(from: 84, to: classes, rng: &rng))
  }

  /// The layers before the first dropout and those from it on.
  var splitAtDropout: (deterministic: [Layer], random: [Layer]) {
    let first = layers.firstIndex { $0 is Dropout } ?? layers.count
    return (Array(layers[..<first]), Array(layers[first...]))
  }
}
