internal import EquivariantLayers
internal import Layers
internal import Tensors

/// The memory that the weights of a network take, added up before they are made.
///
/// A wrong digit in a configuration should be an error with a line, not a process that the system kills.
struct ModelMemory {
  /// The most numbers in the weights or the filter of one layer: 4 GB in single precision.
  private static let largestLayer = 1e9
  /// The most numbers in all filters together, which training holds three times or more.
  private static let largestTotal = 4e9

  private var total = 0.0

  /// Adds a layer's filter, or its weights where those are more, by their sizes.
  ///
  /// **Throws** `ModelError.tooManyWeights`.
  mutating func add(filter sizes: [Int], weights: Double = 0, layer: String) throws(ModelError) {
    let count = max(sizes.reduce(1.0) { $0 * Double($1) }, weights)
    total += count
    guard count <= Self.largestLayer else {
      throw .tooManyWeights(layer: layer, numbers: count, largest: Self.largestLayer)
    }
    guard total <= Self.largestTotal else {
      throw .tooManyWeights(layer: "the layers up to \(layer)", numbers: total, largest: Self.largestTotal)
    }
  }

  /// The numbers that the maps of images have: in all layers together, a lower bound for what training keeps, and in the
  /// largest, a lower bound for what evaluation needs.
  static func featureCounts(_ model: any ImageClassifier, input: Shape) -> (total: Double, largest: Double) {
    var shape = input
    var (total, largest) = (0.0, 0.0)
    func add(_ next: Shape) {
      shape = next
      let count = next.reduce(1.0) { $0 * Double($1) }
      total += count
      largest = max(largest, count)
    }
    // Normalization and nonlinearity need not keep their outputs both.
    for part in model.steerableLayers?.parts ?? [] {
      if part is InnerBatchNorm { continue }
      add(part.evaluateOutputShape(shape))
    }
    for layer in model.plainLayers {
      if layer is BatchNormLayer { continue }
      add(layer.outputShape(for: shape))
    }
    return (total, largest)
  }
}
