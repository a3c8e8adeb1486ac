internal import Foundation

/// One axis of a plot: its label, range and ticks.
public struct Axis: Hashable, Sendable {
  /// What is shown and its unit, such as "rotation (degrees)".
  public var label: String
  /// The range shown; nil fits the data.
  public var range: ClosedRange<Double>?
  /// Ticks at these values; nil chooses round numbers.
  public var ticks: [Double]?
  /// The texts of `ticks`; nil prints the numbers.
  public var tickLabels: [String]?
  /// Base-10 logarithmic spacing; values must be positive.
  public var isLogarithmic: Bool
  /// Whether a line crosses the plot at each tick.
  public var showsGrid: Bool

  /// Makes an axis.
  ///
  /// **Traps**: when there are labels but not one for each tick.
  public init(
    _ label: String, range: ClosedRange<Double>? = nil, ticks: [Double]? = nil, tickLabels: [String]? = nil,
    isLogarithmic: Bool = false, showsGrid: Bool = true
  ) {
    precondition(
      tickLabels == nil || tickLabels?.count == ticks?.count,
      "Axis \"\(label)\": \(tickLabels?.count ?? 0) labels were given for \(ticks?.count ?? 0) ticks")
    self.label = label
    self.range = range
    self.ticks = ticks
    self.tickLabels = tickLabels
    self.isLogarithmic = isLogarithmic
    self.showsGrid = showsGrid
  }

  /// A full turn in radians, from -π to π.
  public static func angle(_ label: String) -> Axis {
    Axis(
      label, range: -Double.pi...Double.pi, ticks: [-2, -1, 0, 1, 2].map { $0 * Double.pi / 2 },
      tickLabels: ["-π", "-π/2", "0", "π/2", "π"])
  }

  /// Names at equal distances, one at each whole number; the first one is leftmost, or on top if `isReversed`.
  static func categories(_ label: String, _ names: [String], isReversed: Bool = false) -> Axis {
    let positions = names.indices.map { Double(isReversed ? names.count - 1 - $0 : $0) }
    return Axis(
      label, range: -0.5...(max(Double(names.count), 1) - 0.5), ticks: isReversed ? positions.reversed() : positions,
      tickLabels: isReversed ? names.reversed() : names, showsGrid: false)
  }

  /// The range that holds every finite value, with a little room, never empty.
  func resolvedRange(for values: some Sequence<Double>) -> ClosedRange<Double> {
    if let range { return range }
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (!isLogarithmic || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return isLogarithmic ? 0.1...1 : 0...1 }
    if isLogarithmic { return low == high ? low / 2...high * 2 : low / 1.15...high * 1.15 }
    let room = low == high ? max(abs(low) * 0.1, 0.5) : (high - low) * 0.04
    return low - room...high + room
  }

  /// Position of a value in [0, 1] along the axis.
  func fraction(_ value: Double, in range: ClosedRange<Double>) -> Double {
    isLogarithmic
      ? (log10(value) - log10(range.lowerBound)) / (log10(range.upperBound) - log10(range.lowerBound))
      : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// The value at a position in [0, 1] along the axis.
  func value(at fraction: Double, in range: ClosedRange<Double>) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    if fraction >= 1 { return high }
    return isLogarithmic ? low * pow(high / low, fraction) : low + fraction * (high - low)
  }

  /// Tick values inside the range: given ones, powers of ten, or multiples of 1, 2 or 5 times a power of ten.
  func resolvedTicks(in range: ClosedRange<Double>) -> [Double] {
    if let ticks { return ticks.filter(range.contains) }
    if isLogarithmic {
      let powers =
        (Int(
          log10(range.lowerBound).rounded(.up))...max(
            Int(log10(range.lowerBound).rounded(.up)), Int(log10(range.upperBound).rounded(.down))))
      let decades = powers.map { pow(10, Double($0)) }.filter(range.contains)
      // At most eight labels: every second, third … power when there are many.
      let every = (decades.count + 7) / 8
      if decades.count >= 2 { return decades.enumerated().filter { $0.offset % every == 0 }.map(\.element) }
      return powers.first.map { first in
        (first - 1...first + 1).flatMap { p in [1, 2, 5].map { $0 * pow(10, Double(p)) } }.filter(range.contains)
      } ?? decades
    }
    let span = range.upperBound - range.lowerBound
    let rough = span / 7
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? power
    let first = Int((range.lowerBound / step).rounded(.up))
    let last = Int((range.upperBound / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// A tick's text: its label, or the number with as many digits as the step needs.
  func text(_ value: Double, in range: ClosedRange<Double>) -> String {
    if let tickLabels, let i = ticks?.firstIndex(of: value) { return tickLabels[i] }
    return text(value, among: resolvedTicks(in: range))
  }

  /// A number with as many digits as the step needs.
  private func text(_ value: Double, among ticks: [Double]) -> String {
    if value == 0 { return "0" }
    if isLogarithmic { return Self.power(value, isPlain: ticks.allSatisfy { (0.009...1100).contains($0) }) }
    if abs(value) >= 1e5 || abs(value) < 1e-3 { return String(format: "%.0e", value) }
    let step = zip(ticks, ticks.dropFirst()).map { $1 - $0 }.min() ?? abs(value)
    var digits = 0
    while digits < 4, abs(step * pow(10, Double(digits)) - (step * pow(10, Double(digits))).rounded()) > 1e-6 {
      digits += 1
    }
    return String(format: "%.\(digits)f", value)
  }

  /// A power of ten with a raised exponent, or a plain number where all ticks are near one.
  private static func power(_ value: Double, isPlain: Bool) -> String {
    let exponent = log10(value)
    guard abs(exponent - exponent.rounded()) < 1e-9, !isPlain else { return String(format: "%g", value) }
    let digits: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return "10" + String(String(Int(exponent.rounded())).compactMap { digits[$0] })
  }
}
