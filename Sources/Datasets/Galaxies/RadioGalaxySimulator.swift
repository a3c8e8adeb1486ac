import Foundation

/// Draws images of radio galaxies of the two Fanaroff–Riley classes, so that an experiment needs no download.
///
/// A source has a core and two arms, which leave the core at the angles φ + β/2 and φ + 180° - β/2 from the vertical (φ the
/// orientation, β the bend) and curve evenly by an angle κ over their lengths L. Along an arm, from the core, comes a faint
/// jet up to s₀ = gL, then the bright part, with the position t = (s - s₀) / (L - s₀) from 0 to 1. Its brightness is
///
///     FR I  (edge-darkened):   B(t) ∝ exp(-t / h)          width w(t) = w₀ (1 + f t)
///     FR II (edge-brightened): B(t) ∝ exp(-(1 - t) / h)    width w(t) = w₀ (1 + f (1 - t))
///
/// with a compact knot at the bright end: the hotspot of FR II, the flaring point of FR I. All parameters have the same
/// distributions in both classes: fluxes, extents, widths and knots do not tell them apart. What does is the sense of the
/// gradient along the arm, an oriented structure. Everything is made of Gaussians, to whose second moments those of the
/// beam are added, which is the exact convolution with an elliptical Gaussian beam. Noise with a white and a
/// beam-smoothed part and unrelated point sources are added; values below 3σ are set to 0 and the brightest pixel to 1, as
/// in the MiraBest images.
///
/// Image i of a data set follows from the seed and i alone. Even images are FR I, odd ones FR II.
///
/// **Complexity**: about 0.3 ms for each image and core.
///
/// **Reference**: Fanaroff, Riley 1974; Miraghaei, Best 2017; Porter, Scaife 2023 (MiraBest).
public struct RadioGalaxySimulator: Sendable {
  /// The classes, in the order of the labels.
  public static let classNames = ["FR I", "FR II"]

  /// The parameters of the sources and of the telescope.
  public let parameters: RadioGalaxyParameters
  private let beam: GaussianCanvas.Covariance
  private let noise: RadioNoise

  /// Creates a simulator.
  ///
  /// **Throws**: `DatasetError.invalid`, naming the first parameter that makes no sense.
  public init(_ parameters: RadioGalaxyParameters = .init()) throws(DatasetError) {
    try parameters.validate()
    self.parameters = parameters
    // A full width at half maximum is 2 √(2 ln 2) standard deviations.
    let scale = 1 / (2 * (2 * log(2.0)).squareRoot() * parameters.pixelScale)
    beam = .init(
      along: parameters.beamMajor * scale, across: parameters.beamMinor * scale,
      angle: (parameters.beamAngle + 90) * .pi / 180)
    noise = RadioNoise(side: parameters.side, beam: beam, correlatedShare: parameters.correlatedNoise)
  }

  /// The size of the images.
  public var imageShape: ImageShape { ImageShape(height: parameters.side, width: parameters.side) }

  /// Returns images with labels, half of each class.
  ///
  /// **Traps**: for a negative number.
  public func dataset(count: Int, seed: UInt64, name: String = "radio-galaxies") -> ImageDataset {
    precondition(count >= 0, "RadioGalaxySimulator: \(count) images; expected 0 or more")
    let values = Parallel.floats(blocks: count, of: imageShape.count, grain: 16) { index, output in
      var rng = SeededGenerator(seed: seed, stream: index)
      _ = output.update(from: image(label: index % 2, using: &rng))
    }
    return ImageDataset(
      uncheckedName: name, images: values, labels: (0..<count).map { $0 % 2 }, classNames: Self.classNames,
      imageShape: imageShape)
  }

  /// Returns parts for training, validation and testing that have no source in common.
  ///
  /// **Traps**: for a negative number.
  public func splits(training: Int, validation: Int, test: Int, seed: UInt64) -> DatasetSplits {
    func part(_ number: Int, _ count: Int, _ name: String) -> ImageDataset {
      var rng = SeededGenerator(seed: seed, stream: -1, number)
      return dataset(count: count, seed: rng.next(), name: "radio-galaxies-\(name)")
    }
    return DatasetSplits(
      training: part(0, training, "training"), validation: part(1, validation, "validation"),
      test: part(2, test, "test"))
  }

  /// Draws one image, of class 0 (FR I) or 1 (FR II).
  ///
  /// **Traps**: for another label.
  public func image(label: Int, using rng: inout SeededGenerator) -> [Float] {
    precondition(Self.classNames.indices.contains(label), "RadioGalaxySimulator: label \(label); expected 0 or 1")
    var canvas = GaussianCanvas(side: parameters.side)
    let beamArea = 2 * Double.pi * (beam.xx * beam.yy - beam.xy * beam.xy).squareRoot()
    let flux = exp(rng.uniform(log(parameters.signalToNoise.lower), log(parameters.signalToNoise.upper))) * beamArea
    addGalaxy(isEdgeBrightened: label == 1, flux: flux, to: &canvas, &rng)
    addBackground(flux: flux, to: &canvas, &rng)
    let field = noise.draw(&rng)
    var values = zip(canvas.values, field).map { Float($0) + $1 }
    let peak = values.max() ?? 0
    // The noise has the standard deviation 1.
    let level = min(Float(parameters.clippingLevel), peak)
    let unit = peak > 0 ? peak : 1
    for index in values.indices {
      values[index] = parameters.clippingLevel > 0 && values[index] < level ? 0 : values[index] / unit
    }
    return values
  }
}

extension RadioGalaxySimulator {
  private func addGalaxy(
    isEdgeBrightened: Bool, flux: Double, to canvas: inout GaussianCanvas, _ rng: inout SeededGenerator
  ) {
    let parameters = parameters
    let degrees = Double.pi / 180
    let scatter = parameters.orientationScatter * rng.normal()
    let direction =
      (parameters.isOrientationUniform ? rng.uniform(0, 360) : parameters.orientation + scatter) * degrees
    let x = parameters.positionScatter * rng.normal() / parameters.pixelScale
    let y = parameters.positionScatter * rng.normal() / parameters.pixelScale
    let core = logarithmic(parameters.coreShare, &rng)
    let jets = logarithmic(parameters.jetShare, &rng)
    canvas.add(flux: flux * core, x: x, y: y, beam)

    let length = parameters.armLength.draw(&rng) / parameters.pixelScale
    let asymmetry = rng.uniform(-0.5, 0.5) * parameters.lengthAsymmetry
    let share = parameters.fluxShare.draw(&rng)
    let isFirstBrighter = rng.uniform() < 0.5
    let bend = parameters.bendAngle * degrees * rng.normal()
    // Half of the sources curve like a C, half like an S.
    let turn = parameters.curvature * degrees * rng.normal()
    let mirrored = rng.uniform() < 0.5 ? -turn : turn
    let gap = parameters.gapFraction.draw(&rng)
    let fading = parameters.fadingScale.draw(&rng)
    for arm in 0..<2 {
      let isFirst = arm == 0
      // Angles here are from the x axis, counter-clockwise.
      let start = direction + .pi / 2 + (isFirst ? bend / 2 : .pi - bend / 2)
      addArm(
        Arm(
          x: x, y: y, angle: start, turn: isFirst ? turn : mirrored,
          length: length * (1 + (isFirst ? asymmetry : -asymmetry)), gap: gap, fading: fading,
          width: parameters.armWidth.draw(&rng) / parameters.pixelScale, flaring: parameters.flaring.draw(&rng),
          flux: flux * (1 - core - jets) * (isFirst == isFirstBrighter ? share : 1 - share), jetFlux: flux * jets / 2,
          knotShare: parameters.knotShare.draw(&rng), isEdgeBrightened: isEdgeBrightened),
        to: &canvas, &rng)
    }
  }

  private struct Arm {
    let x, y, angle, turn, length, gap, fading, width, flaring, flux, jetFlux, knotShare: Double
    let isEdgeBrightened: Bool

    /// The point at a distance along the arm, and the direction there: an arc of a circle.
    func point(_ distance: Double) -> (x: Double, y: Double, angle: Double) {
      let rate = turn / length
      let end = angle + rate * distance
      guard abs(turn) > 1e-6 else { return (x + distance * cos(angle), y + distance * sin(angle), end) }
      return (x + (sin(end) - sin(angle)) / rate, y + (cos(angle) - cos(end)) / rate, end)
    }
  }

  private func addArm(_ arm: Arm, to canvas: inout GaussianCanvas, _ rng: inout SeededGenerator) {
    let pieces = 14
    let start = arm.gap * arm.length
    let spacing = (arm.length - start) / Double(pieces)
    var weights: [Double] = []
    for piece in 0..<pieces {
      let position = (Double(piece) + 0.5) / Double(pieces)
      let fromBrightEnd = arm.isEdgeBrightened ? 1 - position : position
      weights.append(exp(-fromBrightEnd / arm.fading + parameters.clumpiness * rng.normal()))
    }
    let total = weights.reduce(0, +)
    for piece in 0..<pieces {
      let position = (Double(piece) + 0.5) / Double(pieces)
      let fromBrightEnd = arm.isEdgeBrightened ? 1 - position : position
      let place = arm.point(start + position * (arm.length - start))
      let shape = GaussianCanvas.Covariance(
        along: 0.6 * spacing, across: arm.width * (1 + arm.flaring * fromBrightEnd), angle: place.angle)
      canvas.add(
        flux: arm.flux * (1 - arm.knotShare) * weights[piece] / total, x: place.x, y: place.y, shape + beam)
    }
    let knot = arm.point(arm.isEdgeBrightened ? arm.length : start)
    canvas.add(flux: arm.flux * arm.knotShare, x: knot.x, y: knot.y, beam)
    let jetPieces = 5
    for piece in 0..<jetPieces where start > 0 {
      let place = arm.point(start * (Double(piece) + 0.5) / Double(jetPieces))
      let shape = GaussianCanvas.Covariance(along: 0.6 * start / Double(jetPieces), across: 0.2, angle: place.angle)
      canvas.add(flux: arm.jetFlux / Double(jetPieces), x: place.x, y: place.y, shape + beam)
    }
  }

  /// Adds unrelated point sources anywhere in the image.
  private func addBackground(flux: Double, to canvas: inout GaussianCanvas, _ rng: inout SeededGenerator) {
    // A Poisson number, by multiplying even numbers until they fall below exp(-mean).
    let limit = exp(-parameters.backgroundSources)
    var product = rng.uniform()
    let reach = Double(parameters.side - 1) / 2
    while product > limit {
      let share = logarithmic(parameters.backgroundFlux, &rng)
      let x = rng.uniform(-reach, reach)
      let y = rng.uniform(-reach, reach)
      canvas.add(flux: flux * share, x: x, y: y, beam)
      product *= rng.uniform()
    }
  }

  private func logarithmic(_ interval: RadioGalaxyParameters.Interval, _ rng: inout SeededGenerator) -> Double {
    exp(rng.uniform(log(interval.lower), log(interval.upper)))
  }
}
