import Foundation

/// A small random generator whose numbers depend on its seed alone, on every platform and in every version.
///
/// SplitMix64: the state advances by a constant and is mixed into the output. `init(seed:stream:)` gives any number of
/// independent sequences, which lets every image and every epoch have its own, whatever the order they are made in.
///
/// **Reference**: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
public struct SeededGenerator: RandomNumberGenerator, Hashable, Codable, Sendable {
  /// The whole state.
  public private(set) var state: UInt64

  /// Creates the sequence of a seed.
  public init(seed: UInt64) { state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  /// Creates one of the independent sequences of a seed, named by any numbers.
  public init(seed: UInt64, stream: Int...) {
    self.init(seed: seed)
    for part in stream {
      state = Self.mixed(state ^ Self.mixed(UInt64(bitPattern: Int64(part)) &+ 0xD1B5_4A32_D192_ED03))
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns the next 64 random bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// Returns a number in [0, 1).
  @inline(__always)
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns a number in [lower, upper).
  @inline(__always)
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double { lower + (upper - lower) * uniform() }

  /// Returns a whole number in 0..<bound, each equally likely to within bound / 2^64.
  @inline(__always)
  public mutating func integer(below bound: Int) -> Int {
    Int(UInt64(bound).multipliedFullWidth(by: next()).high)
  }

  /// Returns a number of the standard normal distribution (one branch of Box and Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Returns two independent numbers of the standard normal distribution.
  mutating func normalPair() -> (Double, Double) {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    return (radius * cos(angle), radius * sin(angle))
  }

  /// Returns the numbers 0..<count in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Brings the elements into random order (Fisher and Yates).
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    guard values.count > 1 else { return }
    for index in stride(from: values.count - 1, to: 0, by: -1) { values.swapAt(index, integer(below: index + 1)) }
  }
}
