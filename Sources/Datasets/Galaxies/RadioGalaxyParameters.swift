/// The parameters of `RadioGalaxySimulator`.
///
/// **Units**: lengths in seconds of arc, angles in degrees, fluxes relative to the total or to the noise. A range is the
/// interval that an even distribution is drawn from (evenly in the logarithm for fluxes), source by source.
public struct RadioGalaxyParameters: Hashable, Codable, Sendable {
  /// The number of rows and columns, odd so that the center is a pixel.
  public var side = 33
  /// The size of a pixel.
  public var pixelScale = 1.8

  /// The mean direction of the jet axis, counter-clockwise from the vertical.
  public var orientation = 0.0
  /// The standard deviation of the direction about its mean.
  public var orientationScatter = 5.0
  /// Whether the direction is drawn evenly from all directions instead.
  public var isOrientationUniform = false
  /// The standard deviation of the position of the core about the center of the image.
  public var positionScatter = 1.8

  /// The distance from the core to the end of an arm, on the sky.
  public var armLength = Interval(10, 26)
  /// The part of an arm's length, from the core, that only the faint jet fills.
  public var gapFraction = Interval(0.05, 0.4)
  /// The difference of the lengths of the two arms, relative to the mean.
  public var lengthAsymmetry = 0.25
  /// The share of the brighter arm in the flux of both.
  public var fluxShare = Interval(0.5, 0.7)
  /// The standard deviation of the angle by which the arms are bent towards each other at the core.
  public var bendAngle = 12.0
  /// The standard deviation of the angle through which each arm curves along its length.
  public var curvature = 15.0

  /// The scale of the decrease of brightness along an arm, relative to the length of the bright part.
  public var fadingScale = Interval(0.4, 1.4)
  /// The transverse size (standard deviation) of an arm at its bright end.
  public var armWidth = Interval(1, 2)
  /// By how much wider an arm is at its faint end, relative to its bright end.
  public var flaring = Interval(0.3, 1.6)
  /// The share of the compact knot at the bright end in an arm's flux: the hotspot of an FR II source, the point where the
  /// jet of an FR I source flares.
  public var knotShare = Interval(0, 0.15)
  /// The strength of the unevenness of the brightness along an arm (standard deviation of its logarithm).
  public var clumpiness = 0.5
  /// The share of the core in the total flux.
  public var coreShare = Interval(0.01, 0.12)
  /// The share of the faint jets in the total flux.
  public var jetShare = Interval(0.02, 0.12)

  /// The full width at half maximum of the beam along its long axis.
  public var beamMajor = 6.0
  /// The full width at half maximum of the beam along its short axis.
  public var beamMinor = 5.4
  /// The direction of the beam's long axis, counter-clockwise from the vertical.
  public var beamAngle = 20.0
  /// The total flux, relative to noise times beam area.
  public var signalToNoise = Interval(40, 160)
  /// The share of the variance of the noise that is correlated over a beam; the rest differs from pixel to pixel.
  public var correlatedNoise = 0.7
  /// The mean number of unrelated point sources in an image.
  public var backgroundSources = 1.0
  /// The flux of an unrelated source, relative to the total flux of the galaxy.
  public var backgroundFlux = Interval(0.03, 0.2)
  /// Values below so many standard deviations of the noise become 0; 0 keeps all.
  public var clippingLevel = 3.0

  /// The parameters of the built-in experiment: jets within a few degrees of the vertical.
  public init() {}

  /// The same sources in all directions.
  public static var allDirections: RadioGalaxyParameters {
    var parameters = RadioGalaxyParameters()
    parameters.isOrientationUniform = true
    return parameters
  }
}

extension RadioGalaxyParameters {
  /// The bounds between which a parameter is drawn.
  public struct Interval: Hashable, Codable, Sendable {
    /// The smallest value.
    public var lower: Double
    /// The largest value.
    public var upper: Double

    /// Creates the bounds.
    public init(_ lower: Double, _ upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// Reads the bounds from a list of two numbers.
    public init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      lower = try list.decode(Double.self)
      upper = try list.decode(Double.self)
      guard list.isAtEnd else {
        throw DecodingError.dataCorruptedError(in: list, debugDescription: "an interval takes two numbers")
      }
    }

    /// Writes the bounds as a list of two numbers.
    public func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(lower)
      try list.encode(upper)
    }

    func draw(_ rng: inout SeededGenerator) -> Double { rng.uniform(lower, upper) }
  }

  /// Checks that the parameters describe images.
  ///
  /// **Throws**: `DatasetError.invalid`, naming the first parameter that is wrong.
  public func validate() throws(DatasetError) {
    func require(_ isRight: Bool, _ name: String, _ value: Any, _ expected: String) throws(DatasetError) {
      if !isRight { throw .invalid("radio galaxies: \(name) is \(value); expected \(expected)") }
    }
    func require(
      _ interval: Interval, _ name: String, within bounds: ClosedRange<Double>
    ) throws(DatasetError) {
      let isRight =
        bounds.contains(interval.lower) && bounds.contains(interval.upper) && interval.lower <= interval.upper
      try require(
        isRight, name, "[\(interval.lower), \(interval.upper)]",
        "a growing pair within \(bounds.lowerBound) and \(bounds.upperBound)")
    }
    try require(side % 2 == 1 && (15...513).contains(side), "side", side, "an odd number from 15 to 513")
    try require(pixelScale > 0 && pixelScale.isFinite, "pixelScale", pixelScale, "a positive number")
    for (name, value) in [
      ("orientationScatter", orientationScatter), ("positionScatter", positionScatter), ("bendAngle", bendAngle),
      ("curvature", curvature), ("clumpiness", clumpiness), ("clippingLevel", clippingLevel),
    ] { try require(value >= 0 && value.isFinite, name, value, "0 or more") }
    try require(orientation.isFinite && beamAngle.isFinite, "orientation or beamAngle", "not finite", "a number")
    try require((0..<1).contains(lengthAsymmetry), "lengthAsymmetry", lengthAsymmetry, "0 or more, below 1")
    try require((0...1).contains(correlatedNoise), "correlatedNoise", correlatedNoise, "0 to 1")
    try require((0...50).contains(backgroundSources), "backgroundSources", backgroundSources, "0 to 50")
    try require(beamMinor > 0 && beamMajor >= beamMinor, "beamMajor", beamMajor, "at least beamMinor, above 0")
    try require(armLength, "armLength", within: pixelScale...1e6)
    try require(gapFraction, "gapFraction", within: 0...0.9)
    try require(fluxShare, "fluxShare", within: 0...1)
    try require(fadingScale, "fadingScale", within: 0.05...100)
    try require(armWidth, "armWidth", within: 0.01...1e6)
    try require(flaring, "flaring", within: 0...100)
    try require(knotShare, "knotShare", within: 0...1)
    try require(coreShare, "coreShare", within: 1e-6...0.5)
    try require(jetShare, "jetShare", within: 1e-6...0.5)
    try require(signalToNoise, "signalToNoise", within: 1e-3...1e9)
    try require(backgroundFlux, "backgroundFlux", within: 1e-6...10)
  }
}
