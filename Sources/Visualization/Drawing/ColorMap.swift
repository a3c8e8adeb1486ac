/// A map from values in [0, 1] to colors, by linear interpolation between equally spaced anchors.
public struct ColorMap: Hashable, Sendable {
  /// The colors at equal distances, from the lowest number to the highest.
  public let anchors: [Color]

  /// Makes a map from colors at equal distances.
  ///
  /// **Traps**: on fewer than two anchors.
  public init(_ anchors: [Color]) {
    precondition(anchors.count >= 2, "ColorMap: \(anchors.count) anchors were given; at least 2 are needed")
    self.anchors = anchors
  }

  /// The color of `value`; values outside [0, 1] and NaN take the nearest end.
  public func color(at value: Double) -> Color {
    let clamped = value.isNaN ? 0 : min(max(value, 0), 1)
    let position = clamped * Double(anchors.count - 1)
    let lower = min(Int(position), anchors.count - 2)
    let t = position - Double(lower)
    let (a, b) = (anchors[lower], anchors[lower + 1])
    return Color(
      red: a.red + t * (b.red - a.red), green: a.green + t * (b.green - a.green), blue: a.blue + t * (b.blue - a.blue))
  }

  /// From black to white.
  public static let gray = ColorMap([.black, .white])

  /// Perceptually ordered from dark violet to yellow; safe for color-blind readers.
  public static let viridis = ColorMap(
    [0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725].map(
      Color.init(hex:)))

  /// Black through red to pale yellow: the habit of radio astronomy.
  public static let heat = ColorMap(
    [0x000004, 0x1B0C41, 0x4A0C6B, 0x781C6D, 0xA52C60, 0xCF4446, 0xED6925, 0xFB9B06, 0xF7D13D, 0xFCFFA4].map(
      Color.init(hex:)))

  /// Blue through white to red, for signed values with zero at 0.5.
  public static let diverging = ColorMap(
    [0x2166AC, 0x67A9CF, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xEF8A62, 0xB2182B].map(Color.init(hex:)))
}
