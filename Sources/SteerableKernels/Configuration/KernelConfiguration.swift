public import Symmetry

/// The grid, the rings and the band limits of a steerable kernel.
///
/// **Units**: radii and widths in pixels, the axis in radians.
///
/// **escnn**: the arguments `kernel_size`, `dilation`, `rings`, `sigma`, `frequencies_cutoff`, `maximum_offset` and
/// `basis_filter` of `R2Conv`, and the axis of its gspace.
public struct KernelConfiguration: GridConfiguration {
  /// The number of pixels along each side.
  public var kernelSize: Int
  /// The distance between neighboring pixels.
  public var dilation: Int
  /// The radii of the Gaussian rings; `nil` for 0, 1, … (times the dilation) up to half the kernel size.
  public var rings: [Double]?
  /// The widths of the rings; one number serves every ring; `nil` for 0.6, 0.4 on the last ring and 0.005 at radius 0.
  public var sigma: [Double]?
  /// The band limit of each ring.
  public var frequencyCutoff: FrequencyCutoff
  /// The largest multiple of the rotation order by which frequencies of finite groups may differ from the smallest one.
  public var maximumOffset: Int?
  /// The angle of the line that the group's first reflection fixes; without meaning for groups of rotations.
  public var axis: Double
  /// A choice among the elements that the band limit admits.
  public var filter: KernelFilter?
  /// How the group acts on the plane, by orthogonal 2×2 matrices; `nil` for its own rotations and reflections.
  public var action: Representation?

  /// A configuration; everything but the size has the defaults of the reference.
  public init(
    kernelSize: Int, dilation: Int = 1, rings: [Double]? = nil, sigma: [Double]? = nil,
    frequencyCutoff: FrequencyCutoff = .default, maximumOffset: Int? = nil, axis: Double = .pi / 2,
    filter: KernelFilter? = nil, action: Representation? = nil
  ) {
    self.kernelSize = kernelSize
    self.dilation = dilation
    self.rings = rings
    self.sigma = sigma
    self.frequencyCutoff = frequencyCutoff
    self.maximumOffset = maximumOffset
    self.axis = axis
    self.filter = filter
    self.action = action
  }

  /// A configuration with one width for all rings, radius 0 included.
  public init(
    kernelSize: Int, dilation: Int = 1, rings: [Double]? = nil, sigma: Double,
    frequencyCutoff: FrequencyCutoff = .default, maximumOffset: Int? = nil, axis: Double = .pi / 2,
    filter: KernelFilter? = nil, action: Representation? = nil
  ) {
    self.init(
      kernelSize: kernelSize, dilation: dilation, rings: rings, sigma: [sigma], frequencyCutoff: frequencyCutoff,
      maximumOffset: maximumOffset, axis: axis, filter: filter, action: action)
  }

  /// Rings at radii 1/2, 3/2, … with a band limit that suits them: full bases for kernels of even size, 2 included.
  public static func halfInteger(kernelSize: Int, dilation: Int = 1, axis: Double = .pi / 2) -> KernelConfiguration {
    let rings = (0..<max(1, kernelSize / 2)).map { (Double($0) + 0.5) * Double(dilation) }
    return KernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, rings: rings, frequencyCutoff: .halfInteger, axis: axis)
  }

  /// The radii in use: `rings`, or the default of the kernel size.
  public var resolvedRings: [Double] {
    if let rings { return rings }
    let count = (kernelSize + 1) / 2
    return (0..<count).map { Double($0 * dilation) }
  }

  /// The width of every ring in use.
  public var resolvedSigma: [Double] {
    let rings = resolvedRings
    if let sigma {
      return sigma.count == 1 ? Array(repeating: sigma[0], count: rings.count) : sigma
    }
    return rings.enumerated().map { index, radius in
      radius == 0 ? 0.005 : (index == rings.count - 1 ? 0.4 : 0.6)
    }
  }

  /// The band limit of every ring in use.
  public var frequencyLimits: [Double] {
    resolvedRings.map { frequencyCutoff.limit(radius: $0, kernelSize: kernelSize, dilation: dilation) }
  }

  /// The largest whole frequency that any ring allows.
  public var maximumFrequency: Int {
    let limit = frequencyLimits.max() ?? 0
    return limit.isFinite ? max(0, Int(limit)) : 0
  }

  /// The distance of the grid's corners from its center.
  public var maximumRadius: Double {
    Double(dilation * (kernelSize - 1)) / 2 * 2.0.squareRoot()
  }

  /// One sentence on settings that are legal but probably not meant; nil when there is nothing to say.
  public var warning: String? {
    if dilation > 1, rings == nil, [.default, .rule2, .rule3].contains(frequencyCutoff), kernelSize > 2 {
      return "the cut-off \(frequencyCutoff) looks for the outermost ring at radius \(kernelSize / 2), but dilation"
        + " \(dilation) moves it to \((kernelSize - 1) / 2 * dilation), so the bands differ from those without dilation;"
        + " use the cut-off .dilated unless that is meant"
    }
    if kernelSize.isMultiple(of: 2), rings == nil {
      return
        "a kernel of \(kernelSize) pixels has none at the center, so rings at whole radii fit badly and radius 0 is"
        + " lost; use an odd size, or KernelConfiguration.halfInteger(kernelSize: \(kernelSize))"
    }
    return nil
  }

  /// Whether the axis matters: only to a group with reflections that acts on the plane in its own way.
  func usesAxis(of group: Group) -> Bool { group.hasReflections && action == nil }

  /// Checks that sizes, rings and widths fit together and that the action belongs to a group.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` or `.groupMismatch`.
  public func validate(for group: Group) throws(KernelError) {
    try validate()
    try PlaneAction.validate(action, of: group)
  }

  /// Checks that sizes, rings and widths fit together.
  ///
  /// **Throws**: `KernelError.invalidConfiguration`.
  public func validate() throws(KernelError) {
    guard kernelSize >= 1, kernelSize <= 1 << 12 else {
      throw .invalidConfiguration("kernel size \(kernelSize) is not in 1...4096")
    }
    guard dilation >= 1 else { throw .invalidConfiguration("dilation \(dilation) is not positive") }
    guard axis.isFinite else { throw .invalidConfiguration("axis \(axis) is not a finite angle") }
    let radii = resolvedRings
    guard !radii.isEmpty else {
      throw .invalidConfiguration("the list of rings is empty; leave it out for the default")
    }
    for radius in radii where !(radius >= 0 && radius <= maximumRadius + 1e-9) {
      throw .invalidConfiguration(
        "ring radius \(radius) is not in 0...\(maximumRadius), the extent of a \(kernelSize)-pixel kernel")
    }
    if let sigma {
      guard sigma.count == 1 || sigma.count == radii.count else {
        throw .invalidConfiguration(
          "\(sigma.count) values of sigma for \(radii.count) rings; give one, or one per ring")
      }
      for width in sigma where !(width > 0 && width.isFinite) {
        throw .invalidConfiguration("sigma \(width) is not positive")
      }
    }
    if let maximumOffset, maximumOffset < 0 {
      throw .invalidConfiguration("maximum offset \(maximumOffset) is negative")
    }
    for limit in frequencyLimits where !(limit < 4096) {
      throw .invalidConfiguration("frequency cut-off \(frequencyCutoff) gives \(limit); use a limit below 4096")
    }
  }
}
