public import Layers
internal import Tensors
public import Training

/// A classifier of images that has an equivalent of plain layers.
public protocol ImageClassifier: Classifier {
  /// The trained function as plain layers, for files that other systems load.
  func export() -> Sequential
}

extension Sequential {
  /// Linear layers with batch norm and ELU between them, from `[N, inputs, 1, 1]` to `[N, classes]`.
  static func classifier(
    inputs: Int, hidden: [Int], classes: Int, dropout: Double, rng: inout Generator
  ) -> Sequential {
    var layers: [Layer] = [Flatten()]
    var width = inputs
    for next in hidden {
      layers += [Linear(from: width, to: next, rng: &rng), BatchNorm1D(next), Activation(.elu(1))]
      width = next
    }
    if dropout > 0 { layers.append(Dropout(probability: dropout, rng: &rng)) }
    layers.append(Linear(from: width, to: classes, rng: &rng))
    return Sequential(layers)
  }
}
