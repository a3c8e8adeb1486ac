import Symmetry

extension KernelConfiguration: CustomStringConvertible {
  /// The settings that differ from the defaults.
  public var description: String {
    var parts = ["kernel size \(kernelSize)"]
    if dilation != 1 { parts.append("dilation \(dilation)") }
    if let rings { parts.append("rings \(rings)") }
    if let sigma { parts.append("sigma \(sigma)") }
    if frequencyCutoff != .default { parts.append("cut-off \(frequencyCutoff)") }
    if let maximumOffset { parts.append("maximum offset \(maximumOffset)") }
    if axis != .pi / 2 { parts.append("axis \(axis)") }
    if let filter { parts.append("filter \(filter.id)") }
    if let action { parts.append("action \(action.name)") }
    return parts.joined(separator: ", ")
  }
}
