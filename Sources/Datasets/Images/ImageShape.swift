/// The size of the images of a data set.
public struct ImageShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The number of channels.
  public let channels: Int
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int

  /// Creates a size.
  ///
  /// **Traps**: unless all three are positive.
  public init(channels: Int = 1, height: Int, width: Int) {
    precondition(
      channels > 0 && height > 0 && width > 0, "ImageShape: \(channels)×\(height)×\(width); expected positive numbers")
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// The number of values of one image.
  public var count: Int { channels * height * width }

  /// Whether rows and columns are equal in number.
  public var isSquare: Bool { height == width }

  /// The size as `channels×height×width`.
  public var description: String { "\(channels)×\(height)×\(width)" }
}
