extension SubgroupID: CustomStringConvertible {
  /// The id as the reference writes it, such as `(None,4)` or `(1,2)`.
  public var description: String {
    let first =
      switch axis {
      case nil: "None"
      case .step(let step): String(step)
      case .angle(let angle): String(angle)
      }
    return "(\(first),\(rotationOrder ?? -1))"
  }
}
