internal import Datasets
public import EquivarianceTesting
internal import EquivariantLayers
internal import Layers
internal import Symmetry
internal import Tensors
public import Training

/// How equivariant a network is, layer by layer and as a whole, in double precision.
///
/// **Symmetry**: steerable networks are held to their own group, plain ones to the rotations by 90° and have to fail.
/// Logits have to be invariant; quantities that change with the image, to change as the network's `predictionType` says.
/// Where cyclic shifts of the image must change nothing, they are measured too.
public struct Verification: Codable, Hashable, Sendable {
  /// What the measurements say.
  public enum Verdict: String, Codable, Hashable, Sendable {
    /// No error on the pixel grid is above the tolerance.
    case holds
    /// An error on the pixel grid is above the tolerance.
    case fails
    /// Nothing but the identity could be held to the tolerance.
    case nothingToVerify = "nothing to verify"
  }

  /// The name of the experiment.
  public let name: String
  /// The group that the network is held to.
  public let group: String
  /// The side in pixels of the random images that every measurement begins with.
  public let imageSide: Int
  /// What is measured of a network that pads its images, whose logits are not meant to be invariant, or whose tests are
  /// random; nil for others.
  public let note: String?
  /// One entry a layer; empty for a plain network, whose layers have no field types.
  public let layers: [LayerEquivariance]
  /// The invariance of the logits, or the equivariance of the quantities.
  public let network: EquivarianceReport
  /// The largest change of the output under cyclic shifts of the image; nil for networks that do not claim to ignore them.
  public let shifts: ShiftInvariance?
  /// The error of the output against the angle of rotation.
  public let curve: EquivarianceCurve
  /// The largest error on elements that map the pixel grid to itself, over all layers and, if it claims to be invariant,
  /// the whole network, cyclic shifts included where they count.
  public let latticeMaximum: Double
  /// The largest error that counts as none.
  public let tolerance: Double

  /// What the measurements say.
  public let verdict: Verdict
  /// Why there is nothing to verify; nil where there is something.
  public let absence: String?

  /// Whether there was something to verify and no error on the pixel grid is above the tolerance.
  public var holds: Bool { verdict == .holds }

  /// Measures `model`; its weights are converted to `Double` and back.
  ///
  /// A network that pads its images is measured behind the padding, on images that fill the padded square.
  ///
  /// **Throws**: `ModelError.otherImages` when the configuration's data have images of another shape than the network
  /// was made for.
  ///
  /// **Complexity**: two forward passes of a small batch per layer and group element.
  public init(
    _ model: any ImageClassifier, name: String, configuration: Experiment.Configuration, tolerance: Double = 1e-9
  ) throws {
    let image = configuration.data.imageShape
    guard model.imageShape == image else {
      throw ModelError.otherImages(network: "\(model.imageShape)", data: "\(image)")
    }
    let side = configuration.model.inputSide ?? image.height
    let channels = image.channels
    imageSide = side
    let padding =
      side == image.height
      ? nil
      : """
      the network pads images of \(image.height)×\(image.width) to \(side)×\(side) pixels at the right and the bottom. \
      Measured is what follows, on images that fill \(side)×\(side). Turning an image before the padding turns it about \
      another point, \(Double(side - image.height) / 2) pixels off, to which the network is equivariant only approximately
      """
    let claim =
      model.claimsInvariance
      ? nil
      : """
      the layers up to the last of the table are held to the group; what follows them sees where things are in the image, \
      so the logits are not invariant, and their errors below do not count
      """
    let partial = (model as? PartialClassifier)?.sampling
    let randomness =
      partial?.isRandomInTests == true
      ? """
      the configuration tests with elements that are drawn anew for each pass (evaluation: random), so f(g·x) and g·f(x) \
      below are computed on different ones; with model.group.evaluation=fixed they would be the same
      """ : nil
    let notes = [padding, claim, randomness].compactMap { $0 }
    note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    let tester = EquivarianceTester(size: side, batch: 1)
    let steerable = model.steerableLayers
    let plane =
      steerable?.inputType.space ?? (model as? PartialClassifier)?.space ?? model.predictionType?.space
      ?? GSpace.rotations(4)
    // A network that restricts its group on the way is held to what is left of it.
    let left = steerable?.outputType.space ?? plane
    let images = FieldType(plane, Array(repeating: plane.trivial, count: channels))
    let logits =
      model.predictionType ?? FieldType(left, Array(repeating: left.trivial, count: configuration.data.task.outputs))
    let original = model.parameters.first?.parameter.value.dtype ?? .float32
    model.to(.float64)
    defer { model.to(original) }
    let classify: (GeometricTensor) -> GeometricTensor = { input in
      let scores = model(input.tensor)
      return GeometricTensor(scores.reshape([scores.shape[0], scores.shape[1], 1, 1]), logits)
    }

    self.name = name
    group = left == plane ? plane.group.name : "\(plane.group.name), restricted to \(left.group.name)"
    self.tolerance = tolerance
    (layers, network, curve, shifts) = model.evaluating {
      let network = tester.report(name: "whole network", from: images, to: logits, classify)
      let curve = tester.curve(name: model.predictionType == nil ? "logits" : "output", from: images, classify)
      let layers = steerable.map { tester.layerByLayer($0) } ?? []
      let shifts = model.claimsShiftInvariance ? ShiftInvariance(of: classify, on: tester.noise(images)) : nil
      return (layers, network, curve, shifts)
    }
    let held = layers.flatMap { [$0.own, $0.accumulated] } + (model.claimsInvariance ? [network] : [])
    let shifted = model.claimsInvariance ? shifts?.maximum : nil
    latticeMaximum = (held.map(\.latticeMaximum) + [shifted ?? 0]).max() ?? 0
    let isVacuous = shifted == nil && !held.contains { $0.latticeErrors.contains { $0.element != "e" } }
    let isExact =
      held.allSatisfy { $0.latticeErrors.allSatisfy { $0.maximum <= tolerance } } && shifted ?? 0 <= tolerance
    verdict = isVacuous ? .nothingToVerify : isExact ? .holds : .fails
    let learned =
      partial?.use == .copies
      ? ", only answers averaged over turned copies of the image; see `steerable evaluate --rotations`" : ""
    absence =
      !isVacuous
      ? nil
      : left.group.order == 1
        ? "the network has no rotations or reflections" + learned
        : "no element of \(left.group.name) but the identity maps the pixel grid to itself"
  }
}
