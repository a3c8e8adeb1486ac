public import Symmetry

/// The kernels of a whole layer: every pair of input and output fields, and the layout of their weights.
///
/// Fields are grouped by representation; the pairs of groups are sorted by the names of the input and of the output
/// representation, where irreps go by the reference's names such as `irrep_0`. Inside a pair, weight `b` from the `i`-th
/// input field to the `o`-th output field stands at
/// `(o * inFields.count + i) * dimension + b`. Pairs without kernels have no weights.
///
/// **Symmetry**: as the basis of each pair, for any weights.
///
/// **escnn**: `BlocksBasisExpansion` of e2cnn, with the same weights in the same places.
public struct LayerBasis<Basis: SampledBasis>: Sendable {
  /// The representations of the input fields.
  public let inputs: [Representation]
  /// The representations of the output fields.
  public let outputs: [Representation]
  /// The grid and the choice of kernels.
  public let configuration: Basis.Configuration
  /// The pairs of representations that have kernels, in the order of their weights.
  public let pairs: [LayerBasisPair<Basis>]
  /// The number of weights of the layer.
  public let weightCount: Int
  /// The number of input channels.
  public let inSize: Int
  /// The number of output channels.
  public let outSize: Int

  /// Builds the bases of all pairs, each at most once per process.
  ///
  /// **Throws**: `KernelError`: fields of several groups, an invalid configuration, or no kernel between any two fields.
  public init(
    from inputs: [Representation], to outputs: [Representation], configuration: Basis.Configuration
  ) throws(KernelError) {
    guard let group = (inputs.first ?? outputs.first)?.group else {
      throw Basis.emptyBasis(from: "no field", to: "no field", configuration: configuration)
    }
    for representation in inputs + outputs where representation.group != group {
      throw .groupMismatch(group.name, representation.group.name)
    }
    try configuration.validate(for: group)

    let outGroups = FieldGroup.groups(of: outputs)
    var pairs: [LayerBasisPair<Basis>] = []
    var offset = 0
    for source in FieldGroup.groups(of: inputs) {
      for target in outGroups {
        let basis = try Basis.checkedBasis(
          from: source.representation, to: target.representation, configuration: configuration)
        if basis.dimension == 0 { continue }
        let pair = LayerBasisPair(
          input: source.representation, output: target.representation, basis: basis, weightOffset: offset,
          inFields: source.fields, outFields: target.fields, inOffsets: source.offsets, outOffsets: target.offsets,
          isInputContiguous: source.isContiguous, isOutputContiguous: target.isContiguous)
        offset += pair.weightCount
        pairs.append(pair)
      }
    }
    guard !pairs.isEmpty else {
      throw Basis.emptyBasis(from: Self.summary(inputs), to: Self.summary(outputs), configuration: configuration)
    }
    (self.inputs, self.outputs, self.configuration, self.pairs) = (inputs, outputs, configuration, pairs)
    weightCount = offset
    inSize = inputs.reduce(0) { $0 + $1.size }
    outSize = outputs.reduce(0) { $0 + $1.size }
  }

  /// The number of pixels of a kernel.
  public var points: Int { configuration.kernelSize * configuration.kernelSize }

  /// The filter for `weights`: each weight times its kernel, summed.
  ///
  /// **Shapes**: `weightCount` weights to row-major `[outSize, inSize, points]`.
  ///
  /// **Traps**: when the number of weights is another.
  ///
  /// **Complexity**: one multiplication per weight and value of its kernel; layers use a matrix product instead.
  public func filter(weights: [Double]) -> [Double] {
    guard weights.count == weightCount else {
      fatalError("LayerBasis: \(weights.count) weights for a layer with \(weightCount)")
    }
    var filter = [Double](repeating: 0, count: outSize * inSize * points)
    for pair in pairs {
      let basis = pair.basis
      let row = basis.inSize * points
      for (o, outOffset) in pair.outOffsets.enumerated() {
        for (i, inOffset) in pair.inOffsets.enumerated() {
          let first = pair.weightOffset + (o * pair.inFields.count + i) * basis.dimension
          filter.withUnsafeMutableBufferPointer { filter in
            basis.values.withUnsafeBufferPointer { values in
              for b in 0..<basis.dimension {
                let weight = weights[first + b]
                for r in 0..<basis.outSize {
                  let target = ((outOffset + r) * inSize + inOffset) * points
                  let source = (b * basis.outSize + r) * row
                  for index in 0..<row { filter[target + index] += weight * values[source + index] }
                }
              }
            }
          }
        }
      }
    }
    return filter
  }

  /// The names of the representations with their numbers, such as `4 trivial + 8 regular`.
  private static func summary(_ fields: [Representation]) -> String {
    let parts = FieldGroup.groups(of: fields).map { "\($0.fields.count) \($0.representation.name)" }
    return parts.isEmpty ? "no field" : parts.joined(separator: " + ")
  }
}
