extension GroupElement: CustomStringConvertible {
  /// The usual name: `e`, `r3`, `f`, `r3f`; angles in radians, as in `r(0.5)f`.
  public var description: String {
    let rotation: String =
      switch self.rotation {
      case .step(0): ""
      case .step(let step): "r\(step)"
      case .angle(0): ""
      case .angle(let angle): "r(\(angle))"
      }
    let text = rotation + (isReflected ? "f" : "")
    return text.isEmpty ? "e" : text
  }
}
