/// How values between pixels are estimated.
public enum ImageInterpolation: String, CaseIterable, Codable, Hashable, Sendable {
  /// From the four nearest pixels; blurs a little.
  case bilinear
  /// From the sixteen nearest pixels by cubic convolution (Keys 1981); keeps strokes sharp, may overshoot slightly.
  case bicubic
}
