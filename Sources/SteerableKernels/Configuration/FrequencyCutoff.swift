/// The highest angular frequency that a ring of a kernel may carry, as a function of the ring's radius.
///
/// Band limits keep a kernel that is sampled on pixels close to the continuous one; `.linear(3)` trades exactness under
/// rotations by less than 90 degrees for more parameters.
///
/// **Units**: radii in pixels, frequencies in cycles per turn.
///
/// **escnn**: `frequencies_cutoff`: `nil` or -1 is `.default`, -2 and -3 are `.rule2` and `.rule3`, other numbers `.linear`.
public enum FrequencyCutoff: Sendable {
  /// Twice the radius, one less on even radii, and 2 on the outermost ring.
  case `default`
  /// As `.default` but 1 on the outermost ring.
  case rule2
  /// 2 on inner rings and 1 on the outermost.
  case rule3
  /// A multiple of the radius.
  case linear(Double)
  /// Twice the radius and at most 2 on the outermost ring, for rings between the pixels of an even grid.
  case halfInteger
  /// As `.default`, with radii counted in steps of the dilation, so that dilation spreads the kernels and changes no band.
  case dilated
  /// Any function of the radius; `id` identifies it in caches, so two different functions need two names.
  case custom(id: String, @Sendable (Double) -> Double)

  /// Reads `default`, `-1`, `-2`, `-3`, `half-integer`, `dilated`, or a factor such as `3`, `2.5` or `3r`.
  ///
  /// **Throws**: `KernelError.unknownCutoff` for any other text.
  public init(_ text: String) throws(KernelError) {
    let name = text.lowercased()
    switch name {
    case "default", "none", "-1", "-1.0": self = .default
    case "-2", "-2.0": self = .rule2
    case "-3", "-3.0": self = .rule3
    case "half-integer": self = .halfInteger
    case "dilated": self = .dilated
    default:
      let digits = name.hasSuffix("r") ? String(name.dropLast()) : name
      guard let factor = Double(digits), factor.isFinite, factor >= 0 else { throw .unknownCutoff(text) }
      self = .linear(factor)
    }
  }

  /// The highest frequency allowed at `radius`; an element is kept when its frequency is at most this number.
  ///
  /// The outermost ring is recognized at radius `kernelSize / 2` whatever the dilation, as in the reference.
  public func limit(radius: Double, kernelSize: Int, dilation: Int = 1) -> Double {
    let outermost = Double(kernelSize / 2)
    switch self {
    case .default:
      return radius == 0 ? 0 : min(2 * radius, radius == outermost ? 2 : Self.alternating(radius))
    case .rule2:
      return radius == 0 ? 0 : min(2 * radius, radius == outermost ? 1 : Self.alternating(radius))
    case .rule3:
      return radius == 0 ? 0 : (radius == outermost ? 1 : 2)
    case .linear(let factor):
      return factor * radius
    case .halfInteger:
      let steps = radius / Double(dilation)
      return steps >= Double(kernelSize - 1) / 2 ? min(2 * steps, 2) : 2 * steps
    case .dilated:
      return FrequencyCutoff.default.limit(radius: radius / Double(dilation), kernelSize: kernelSize)
    case .custom(_, let function):
      return function(radius)
    }
  }

  private static func alternating(_ radius: Double) -> Double {
    2 * radius - (radius + 1).truncatingRemainder(dividingBy: 2)
  }
}
