import Symmetry

extension DiffopConfiguration: CustomStringConvertible {
  /// The settings that differ from the defaults.
  public var description: String {
    var parts = ["kernel size \(kernelSize)", "order up to \(maximumOrder)"]
    if dilation != 1 { parts.append("dilation \(dilation)") }
    if let maximumPower { parts.append("Laplacian power up to \(maximumPower)") }
    if let maximumOffset { parts.append("maximum offset \(maximumOffset)") }
    if axis != .pi / 2 { parts.append("axis \(axis)") }
    if angleOffset != 0 { parts.append("angle offset \(angleOffset)") }
    if discretization != .finiteDifferences { parts.append("\(discretization)") }
    if let filter { parts.append("filter \(filter.id)") }
    if let action { parts.append("action \(action.name)") }
    return parts.joined(separator: ", ")
  }
}
