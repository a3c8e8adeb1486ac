public import Datasets
internal import EquivariantLayers
internal import Foundation
internal import Layers
internal import Symmetry
internal import Tensors
public import Visualization

/// Shows what equivariance means: an image turns, and the features turn with it.
///
/// A small steerable network of regular fields ends in one scalar and one vector field. Each frame shows the rotated
/// input, the scalar and the vector field that the network makes of it, and the same fields turned back by the same angle:
/// that stabilized view stands (nearly) still, because the network commutes with rotations.
///
/// With one rotation only, the network is an ordinary one: a control whose stabilized view does not stand still.
///
/// **Symmetry**: between the group's own angles the network is equivariant only approximately, and resampling adds its
/// own error; what flickers in the stabilized view is the sum of both.
///
/// **Reference**: The animation follows the demonstration that accompanies Weiler and Cesa, NeurIPS 2019.
public struct FieldAnimation {
  /// What the network makes of the image, and how it is drawn.
  public enum Content: String, CaseIterable, Sendable {
    /// A scalar and a vector field in panels of their own.
    case separate
    /// A scalar field with a vector field over it.
    case mixed
    /// A scalar field.
    case scalar
  }

  private let network: SequentialModule
  private let content: Content
  private let image: Tensor
  private let side: Int
  private let frames: Int

  /// Prepares the animation of one image under an untrained network.
  ///
  /// - Parameters:
  ///   - values: One square image, row by row.
  ///   - side: Its side in pixels.
  ///   - order: The number of rotations of the network's group; 1 for an ordinary network.
  ///   - content: What is shown.
  ///   - maskMargin: The margin of a circular mask over the image in percent of its radius; nil for no mask.
  ///   - frames: How many frames one full turn takes.
  ///   - seed: The seed of the network's weights.
  public init(
    image values: [Float], side: Int, order: Int = 16, content: Content = .separate, maskMargin: Double? = nil,
    frames: Int = 48, seed: UInt64 = 4
  ) {
    var rng = Generator(seed: seed)
    let plane = GSpace.rotations(order)
    let input = FieldType(plane, [plane.trivial])
    // An ordinary network has channels where a steerable one has regular fields; as many, so that both cost the same.
    let fields = order == 1 ? 64 : 4
    let hidden = FieldType(plane, Array(repeating: plane.regular, count: fields))
    let vector = order == 1 ? [plane.trivial, plane.trivial] : [plane.irrep(1)]
    let output = FieldType(plane, [plane.trivial] + (content == .scalar ? [] : vector))
    network = SequentialModule([
      R2Conv(from: input, to: hidden, kernelSize: 7, padding: 3, rng: &rng), InnerBatchNorm(hidden), ELU(hidden),
      R2Conv(from: hidden, to: hidden, kernelSize: 7, padding: 3, rng: &rng), InnerBatchNorm(hidden), ELU(hidden),
      R2Conv(from: hidden, to: output, kernelSize: 7, padding: 3, rng: &rng),
    ])
    let picture = Tensor(values, shape: [1, 1, side, side])
    let masked = maskMargin.map { MaskModule(input, size: side, margin: $0)(GeometricTensor(picture, input)).tensor }
    let image = masked ?? picture
    self.image = image
    self.content = content
    self.side = side
    self.frames = frames
    // One pass in training mode sets the statistics of the batch norms to those of this image.
    withoutGradient { for _ in 0..<20 { _ = network(GeometricTensor(image, input)) } }
    network.eval()
  }

  /// The animation of a finely sampled FR II source from the simulator.
  public static func ofSimulatedGalaxy(side: Int = 81, seed: UInt64) throws(DatasetError) -> FieldAnimation {
    var parameters = RadioGalaxyParameters()
    parameters.pixelScale *= Double(parameters.side) / Double(side)
    parameters.side = side
    let galaxies = try RadioGalaxySimulator(parameters).dataset(count: 8, seed: seed)
    let chosen = galaxies.labels.firstIndex(of: 1) ?? 0
    return FieldAnimation(image: galaxies.image(chosen), side: side)
  }

  /// The rendered animation.
  public func render() -> Animation {
    let fields = (0..<frames).map { evaluate(angle: 2 * .pi * Double($0) / Double(frames)) }
    let scalars = fields[0].scalar.range
    // Arrows of the upper tenth touch their neighbors; the few longest may overlap them.
    let lengths = content == .scalar ? [1] : fields[0].vectors(side: side).magnitude.values.sorted()
    let unit = max(lengths[lengths.count * 97 / 100], 1e-9)
    return Animation(
      frames: fields.map { frame($0, range: scalars, unit: unit).raster(scale: 1) }, frameDuration: 0.09)
  }

  /// What is drawn for one angle.
  private struct Frame {
    let degrees: Int
    let input: ScalarField
    let scalar: ScalarField
    let x: [Double]
    let y: [Double]
    let stableScalar: ScalarField
    let stableX: [Double]
    let stableY: [Double]

    func vectors(side: Int, unit: Double? = nil) -> VectorField {
      VectorField(width: side, height: side, x: x, y: y, stride: max(1, side / 13), unit: unit)
    }

    func stableVectors(side: Int, unit: Double) -> VectorField {
      VectorField(width: side, height: side, x: stableX, y: stableY, stride: max(1, side / 13), unit: unit)
    }
  }

  private func evaluate(angle: Double) -> Frame {
    withoutGradient {
      let rotated = GSpace.rotate(image, angle: angle, interpolation: .bicubic)
      let output = network(GeometricTensor(rotated, network.inputType)).tensor
      // The output's fields transform under every rotation, not only the group's: seen as fields of SO(2) they can
      // be turned back by any angle.
      let plane = GSpace.so2
      let hasVector = content != .scalar
      let fields = GeometricTensor(output, FieldType(plane, [plane.trivial] + (hasVector ? [plane.irrep(1)] : [])))
      let stable = fields.transformed(by: plane.group.element(angle: -angle), interpolation: .bicubic).tensor
      return Frame(
        degrees: Int((angle * 180 / .pi).rounded()), input: field(rotated, 0), scalar: field(output, 0),
        x: hasVector ? values(output, 1) : [], y: hasVector ? values(output, 2) : [], stableScalar: field(stable, 0),
        stableX: hasVector ? values(stable, 1) : [], stableY: hasVector ? values(stable, 2) : [])
    }
  }

  private func values(_ tensor: Tensor, _ channel: Int) -> [Double] {
    tensor.select(1, index: channel).contiguous().scalars(as: Double.self)
  }

  private func field(_ tensor: Tensor, _ channel: Int) -> ScalarField {
    ScalarField(width: side, height: side, values: values(tensor, channel))
  }

  private func frame(_ frame: Frame, range: ClosedRange<Double>, unit: Double) -> PanelGrid {
    let range = range.lowerBound...max(range.upperBound, range.lowerBound + 1e-6)
    func vectors(_ caption: String, _ field: VectorField) -> ImagePanel {
      ImagePanel(
        caption, field.magnitude, map: .gray, range: 0...1.5 * unit, arrows: field, isDisc: true, side: Self.panel)
    }
    func scalar(_ caption: String, _ field: ScalarField, arrows: VectorField? = nil) -> ImagePanel {
      ImagePanel(caption, field, range: range, arrows: arrows, isDisc: true, side: Self.panel)
    }
    let input = ImagePanel(
      "input", frame.input, map: .heat, range: 0...max(brightest, 1e-6), isDisc: true, side: Self.panel)
    let panels: [any Drawing] =
      switch content {
      case .separate:
        [
          input, scalar("scalar field", frame.scalar),
          vectors("vector field", frame.vectors(side: side, unit: unit)),
          scalar("scalar field, turned back", frame.stableScalar),
          vectors("vector field, turned back", frame.stableVectors(side: side, unit: unit)),
        ]
      case .mixed:
        [
          input, scalar("scalar and vector field", frame.scalar, arrows: frame.vectors(side: side, unit: unit)),
          scalar("both, turned back", frame.stableScalar, arrows: frame.stableVectors(side: side, unit: unit)),
        ]
      case .scalar:
        [input, scalar("scalar field", frame.scalar), scalar("scalar field, turned back", frame.stableScalar)]
      }
    return PanelGrid("Input rotated by \(frame.degrees)°", rows: [panels])
  }

  /// The brightness that is drawn as white: nearly the largest, since a single pixel may outshine all others.
  private var brightest: Double {
    if content == .separate { return 1 }
    let values = image.contiguous().scalars(as: Double.self).sorted()
    return values[values.count * 998 / 1000]
  }

  private static let panel = 190.0
}
