import Tensors

/// Rewrites layers into fewer that compute the same in evaluation mode.
///
/// Each rule replaces neighbors by something shorter, or by something from which another rule gets further; they are
/// applied until none fits.
struct Fusion {
  /// Copies of what is left of the layers.
  private(set) var layers: [Layer]
  private let inputRank: Int?

  init(_ layers: [Layer], inputRank: Int?) {
    self.layers = Self.flattened(layers)
    self.inputRank = inputRank
    simplifyInside()
    while mergeNeighbors() || openBranches() || absorbPermutation() {}
  }

  /// Copies of the layers inside of sequences, without those that do nothing in evaluation mode.
  private static func flattened(_ layers: [Layer]) -> [Layer] {
    layers.flatMap { layer -> [Layer] in
      switch layer {
      case let sequence as Sequential: flattened(sequence.layers)
      case is Identity, is Dropout: []
      default: [layer.copy()]
      }
    }
  }

  /// The number of axes of the input of each layer, as far as it is known.
  private var ranks: [Int?] {
    var rank = inputRank
    return layers.map { layer in
      // What a layer demands of its input is known before it.
      let before = layer.demandedRank ?? rank
      rank = layer.rankOfOutput(for: before)
      return before
    }
  }

  private mutating func simplifyInside() {
    let ranks = ranks
    for (index, layer) in layers.enumerated() {
      switch layer {
      case let residual as Residual:
        layers[index] = Residual(
          Self.single(residual.body, rank: ranks[index]), shortcut: Self.single(residual.shortcut, rank: ranks[index]))
      case let product as Product:
        layers[index] = Product(
          Self.single(product.features, rank: ranks[index]), Self.single(product.factors, rank: ranks[index]))
      case let branches as ChannelBranches:
        layers[index] = ChannelBranches(
          sizes: branches.sizes, branches.layers.map { Self.single($0, rank: ranks[index]) })
      default:
        break
      }
    }
  }

  /// A simplified layer by itself.
  private static func single(_ layer: Layer, rank: Int?) -> Layer {
    let simplified = Fusion([layer], inputRank: rank).layers
    if simplified.isEmpty { return Identity() }
    return simplified.count == 1 ? simplified[0] : Sequential(simplified)
  }

  private mutating func mergeNeighbors() -> Bool {
    let ranks = ranks
    for index in layers.indices.dropLast() {
      if let merged = merge(layers[index], layers[index + 1], rank: ranks[index]) {
        layers.replaceSubrange(index...(index + 1), with: merged is Identity ? [] : [merged])
        return true
      }
    }
    return false
  }

  private mutating func openBranches() -> Bool {
    for (index, layer) in layers.enumerated() {
      guard let branches = layer as? ChannelBranches else { continue }
      let before = index > 0 ? layers[index - 1] as? ConvolutionLayer : nil
      if let opened = branches.opened(after: before) {
        layers.replaceSubrange(index...index, with: opened)
        return true
      }
    }
    return false
  }

  private mutating func absorbPermutation() -> Bool {
    for (index, layer) in layers.enumerated() {
      guard let permutation = layer as? ChannelPermutation else { continue }
      if absorb(permutation, at: index, forwards: true) || absorb(permutation, at: index, forwards: false) {
        return true
      }
    }
    return false
  }

  /// Moves a permutation past layers that treat channels alike to a layer that can take it in.
  private mutating func absorb(_ permutation: ChannelPermutation, at index: Int, forwards: Bool) -> Bool {
    var passed: [Layer] = []
    var position = forwards ? index + 1 : index - 1
    while layers.indices.contains(position) {
      let layer = layers[position]
      let absorbed =
        forwards ? layer.absorbingBefore(permutation) : layer.absorbingAfter(permutation)
      if let absorbed {
        if forwards {
          layers.replaceSubrange(index...position, with: passed + [absorbed])
        } else {
          layers.replaceSubrange(position...index, with: [absorbed] + passed.reversed())
        }
        return true
      }
      guard let other = layer.passing(permutation, forwards: forwards) else { return false }
      passed.append(other)
      position += forwards ? 1 : -1
    }
    return false
  }
}
