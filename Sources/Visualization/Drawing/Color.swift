/// An sRGB color with opacity, each component in [0, 1].
public struct Color: Hashable, Sendable {
  /// The share of red, from 0 to 1.
  public var red: Double
  /// The share of green, from 0 to 1.
  public var green: Double
  /// The share of blue, from 0 to 1.
  public var blue: Double
  /// The opacity, from 0 to 1.
  public var alpha: Double

  /// Makes a color from its shares.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// A color from 24 bits, written as in CSS: `Color(hex: 0x0072B2)`.
  public init(hex: UInt32) {
    self.init(
      red: Double((hex >> 16) & 0xFF) / 255, green: Double((hex >> 8) & 0xFF) / 255, blue: Double(hex & 0xFF) / 255)
  }

  /// The same color with another opacity.
  public func withAlpha(_ alpha: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: alpha)
  }

  /// White.
  public static let white = Color(hex: 0xFFFFFF)
  /// Black.
  public static let black = Color(hex: 0x000000)
  /// The color of text and axes.
  public static let ink = Color(hex: 0x2B2B2B)
  /// The color of the lines behind a plot.
  public static let grid = Color(hex: 0xDDDDDD)

  /// Eight colors that readers with any color vision tell apart.
  ///
  /// **Reference**: Okabe and Ito, "Color Universal Design", 2008 (the yellow is left to the end: it is faint on white).
  public static let series: [Color] = [
    Color(hex: 0x0072B2), Color(hex: 0xD55E00), Color(hex: 0x009E73), Color(hex: 0xCC79A7), Color(hex: 0x56B4E9),
    Color(hex: 0xE69F00), Color(hex: 0x000000), Color(hex: 0xF0E442),
  ]
}
