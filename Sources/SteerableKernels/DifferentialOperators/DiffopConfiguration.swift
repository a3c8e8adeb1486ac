public import Symmetry

/// The orders of a basis of steerable differential operators, its grid, and how it is discretized.
///
/// **Units**: pixels, angles in radians.
///
/// **escnn**: the arguments of e2cnn's `R2Diffop`.
public struct DiffopConfiguration: GridConfiguration {
  /// The number of pixels along each side.
  public var kernelSize: Int
  /// The distance between neighboring pixels.
  public var dilation: Int
  /// The highest order of derivatives.
  public var maximumOrder: Int
  /// The highest power of the Laplacian; `nil` for half the order.
  public var maximumPower: Int?
  /// The largest multiple of the rotation order by which frequencies of finite groups may differ from the smallest one.
  public var maximumOffset: Int?
  /// The angle of the line that the group's first reflection fixes; without meaning for groups of rotations.
  public var axis: Double
  /// An angle by which all operators are turned; only for groups without reflections.
  public var angleOffset: Double
  /// How derivatives become weights of pixels.
  public var discretization: DiffopDiscretization
  /// A choice among the elements that the orders admit.
  public var filter: DiffopFilter?
  /// How the group acts on the plane, by orthogonal 2×2 matrices; `nil` for its own rotations and reflections.
  public var action: Representation?

  /// A configuration with all operators of some order and less.
  public init(
    kernelSize: Int, dilation: Int = 1, maximumOrder: Int, maximumPower: Int? = nil, maximumOffset: Int? = nil,
    axis: Double = .pi / 2, angleOffset: Double = 0, discretization: DiffopDiscretization = .finiteDifferences,
    filter: DiffopFilter? = nil, action: Representation? = nil
  ) {
    self.kernelSize = kernelSize
    self.dilation = dilation
    self.maximumOrder = maximumOrder
    self.maximumPower = maximumPower
    self.maximumOffset = maximumOffset
    self.axis = axis
    self.angleOffset = angleOffset
    self.discretization = discretization
    self.filter = filter
    self.action = action
  }

  /// The size of the kernel and the highest order, from two of the three numbers or from one with the usual accuracy.
  ///
  /// The accuracy p of finite differences is the power of the pixel distance in their error; it is 2 unless given, or 1
  /// where only order 0 is asked for.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` when all three or neither size nor order are given, or no order fits.
  public static func resolve(
    kernelSize: Int?, accuracy: Int?, maximumOrder: Int?
  ) throws(KernelError) -> (kernelSize: Int, maximumOrder: Int) {
    if let accuracy, accuracy < 1 { throw .invalidConfiguration("accuracy \(accuracy) is not positive") }
    if let maximumOrder, maximumOrder < 0 { throw .invalidConfiguration("maximum order \(maximumOrder) is negative") }
    switch (kernelSize, maximumOrder) {
    case (let size?, let order?):
      guard accuracy == nil else {
        throw .invalidConfiguration(
          "give at most two of kernel size, accuracy and maximum order: each two set the third")
      }
      return (size, order)
    case (nil, let order?):
      return (FiniteDifferences.requiredPoints(order: order, accuracy: accuracy ?? (order > 0 ? 2 : 1)), order)
    case (let size?, nil):
      let order = FiniteDifferences.largestOrder(points: size, accuracy: accuracy ?? (size > 1 ? 2 : 1))
      guard order >= 0 else {
        throw .invalidConfiguration(
          "no operator has accuracy \(accuracy ?? 2) on \(size) pixels; raise the kernel size or lower the accuracy")
      }
      return (size, order)
    case (nil, nil):
      throw .invalidConfiguration("give a kernel size or a maximum order")
    }
  }

  /// The highest power of the Laplacian in use.
  public var resolvedPower: Int { min(maximumPower ?? maximumOrder / 2, maximumOrder / 2) }

  /// The power of the pixel distance in the error of finite differences of the highest order.
  public var accuracy: Int { FiniteDifferences.accuracy(points: kernelSize, order: maximumOrder) }

  /// One sentence on settings that are legal but probably not meant; nil when there is nothing to say.
  public var warning: String? {
    if maximumOrder < 2 {
      return "the maximum order \(maximumOrder) leaves few operators; a kernel of 3 pixels or more allows order 2"
    }
    let required = FiniteDifferences.requiredPoints(order: maximumOrder, accuracy: 2)
    if kernelSize < required {
      return "a kernel of \(kernelSize) pixels approximates order \(maximumOrder) badly; \(required) pixels or more"
        + " give an error of second order"
    }
    return nil
  }

  /// Whether the axis matters: only to a group with reflections that acts on the plane in its own way.
  func usesAxis(of group: Group) -> Bool { group.hasReflections && action == nil }

  /// Checks the settings, alone and together with a group.
  ///
  /// **Throws**: `KernelError.invalidConfiguration` or `.groupMismatch`.
  public func validate(for group: Group) throws(KernelError) {
    try validate()
    try PlaneAction.validate(action, of: group)
    let reflects = action.map { action in
      group.testingElements.contains { element in
        let m = action.matrix(element)
        return m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0] < 0
      }
    }
    guard angleOffset == 0 || !(reflects ?? group.hasReflections) else {
      throw .invalidConfiguration(
        "the angle offset \(angleOffset) turns operators away from the mirror lines of \(group.name); leave it at 0 and"
          + " choose the axis of the space instead")
    }
  }

  /// Checks that sizes and orders fit together.
  ///
  /// **Throws**: `KernelError.invalidConfiguration`.
  public func validate() throws(KernelError) {
    guard kernelSize >= 1, kernelSize <= 64 else {
      throw .invalidConfiguration("kernel size \(kernelSize) is not in 1...64")
    }
    guard dilation >= 1 else { throw .invalidConfiguration("dilation \(dilation) is not positive") }
    guard maximumOrder >= 0, maximumOrder < kernelSize else {
      throw .invalidConfiguration(
        "order \(maximumOrder) needs a kernel of at least \(maximumOrder + 1) pixels, found \(kernelSize)")
    }
    if let maximumPower, maximumPower < 0 {
      throw .invalidConfiguration("maximum power \(maximumPower) is negative")
    }
    if let maximumOffset, maximumOffset < 0 {
      throw .invalidConfiguration("maximum offset \(maximumOffset) is negative")
    }
    guard axis.isFinite, angleOffset.isFinite else {
      throw .invalidConfiguration("axis \(axis) and angle offset \(angleOffset) must be finite angles")
    }
    if case .gaussian(let deviation) = discretization, !(deviation > 0 && deviation.isFinite) {
      throw .invalidConfiguration("smoothing \(deviation) is not positive")
    }
  }

  func stencilKey(order: Int) -> MonomialStencils.Key {
    MonomialStencils.Key(kernelSize: kernelSize, dilation: dilation, discretization: discretization, order: order)
  }

  /// The size that stencils of an order naturally have; those far below it vanish on the grid.
  func naturalSize(order: Int) -> Double {
    switch discretization {
    case .gaussian(let deviation):
      Double(dilation * dilation) / HomogeneousPolynomial.power(deviation, order + 2)
    default: 1 / HomogeneousPolynomial.power(Double(dilation), order)
    }
  }
}
