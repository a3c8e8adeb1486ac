import Experiments
import PartialEquivariance

extension SampledGroup {
  /// The group, its elements and the kernels in sentences.
  var description: String {
    let isReflected = group.hasPrefix("E")
    let count = samples == 1 ? "1 sample" : "\(samples) samples"
    let elements = isReflected ? "\(count) (\(samples / 2) rotations, each also reflected)" : count
    let owners = [isPerLayer ? "each layer" : nil, isPerBatchElement ? "each image" : nil].compactMap { $0 }
    let draws = owners.isEmpty ? "" : "; \(owners.joined(separator: " and ")) draws its own"
    let purpose =
      switch use {
      case .full: "full: convolutions live on all of them"
      case .partial: "partial: convolutions learn on which of them they live"
      case .copies: "Augerino: answers are averaged over copies of the image turned by them, in a learned range"
      case .translations: "translations alone: an ordinary network"
      }
    return """
      group: \(group), \(elements), \(method)\(draws)
      \(purpose); elements of tests: \(evaluation)
      kernels: \(kernel), \(kernelLayers) layers of \(kernelHidden) features, angles on \
      \(kernelAngle == "circle" ? "a circle" : "an interval")
      """
  }

  /// A row for each layer that lives on elements, below a header.
  func rows(isTrained: Bool) -> [[String]] {
    let support = learned.isEmpty ? "support" : isTrained ? "learned support" : "support at the beginning"
    return [["layer", "elements", "kernel", support]]
      + layers.map { layer in
        [
          layer.name, "\(layer.elements)", layer.kernelSize.map { "\($0)×\($0)" } ?? "–",
          layer.support?.description ?? (layer.elements == 1 ? "identity" : "whole group"),
        ]
      }
  }
}
