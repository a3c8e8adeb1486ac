public import Datasets
public import EquivariantLayers
public import Layers
internal import Tensors
public import Training

/// A network for images that has an equivalent of plain layers.
public protocol ImagePredictor: Predictor {
  /// The images that it was made for, before any padding.
  var imageShape: ImageShape { get }

  /// The equivariant layers in order; nil for a network without symmetry.
  var steerableLayers: SequentialModule? { get }

  /// Whether the logits of a steerable network are meant to be invariant, not only its equivariant layers to be equivariant.
  var claimsInvariance: Bool { get }

  /// The plain layers in order, from the images or from what the equivariant ones give to the logits or quantities.
  var plainLayers: Sequential { get }

  /// How the predicted quantities change with the image; nil for logits, which do not.
  var predictionType: FieldType? { get }

  /// Whether cyclic shifts of the image shall change nothing.
  var claimsShiftInvariance: Bool { get }

  /// The trained function as plain layers, for files that other systems load.
  func export() -> Sequential
}

/// A classifier of images that has an equivalent of plain layers.
public typealias ImageClassifier = ImagePredictor

extension ImagePredictor {
  /// Nil: logits are invariant.
  public var predictionType: FieldType? { nil }

  /// False: few images are periodic.
  public var claimsShiftInvariance: Bool { false }

  /// True; a network whose last layers see positions says otherwise.
  public var claimsInvariance: Bool { true }
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
