internal import EquivariantLayers
internal import SteerableKernels
internal import Symmetry

/// The field types of a steerable wide residual network before any weight is made.
struct SteerableWideResNetPlan {
  /// A residual block: two convolutions `input → inner → output`, and a shortcut beside them.
  struct Block {
    let input: FieldType
    let inner: FieldType
    let output: FieldType
    let kernelSize: Int
    let stride: Int
    /// Whether the shortcut has a convolution of its own.
    let hasProjection: Bool
  }

  /// A change to a subgroup.
  struct Restriction {
    let input: FieldType
    let subgroup: SubgroupID
    let isSplit: Bool
    let output: FieldType

    init(_ input: FieldType, to subgroup: SubgroupID, isSplit: Bool) throws(SymmetryError) {
      self.input = input
      self.subgroup = subgroup
      self.isSplit = isSplit
      let whole = try input.restricted(to: subgroup)
      output = isSplit ? DisentangleModule(whole).outputType : whole
    }
  }

  /// A restriction, if there is one, and the blocks after it.
  struct Stage {
    let restriction: Restriction?
    let blocks: [Block]
  }

  let image: FieldType
  let stem: FieldType
  let stemKernelSize: Int
  let cutoff: FrequencyCutoff
  let stages: [Stage]
  /// The type after the last block.
  let features: FieldType

  init(_ configuration: WideResNetConfiguration, channels: Int) throws {
    var space = try Self.space(configuration)
    image = FieldType(space, Array(repeating: space.trivial, count: channels))
    // The first convolution always gets the larger number of channels: there are few filters for three scalars.
    stem = try Self.regular(space, width: configuration.widths[0], fixParameters: true)
    stemKernelSize = configuration.stemKernelSize
    cutoff = try FrequencyCutoff(configuration.cutoff)

    var stages: [Stage] = []
    var type = stem
    for number in 1...3 {
      var restriction: Restriction?
      if let subgroup = Self.subgroup(configuration.restriction, before: number, rotations: configuration.rotations, space)
      {
        let change = try Restriction(type, to: subgroup, isSplit: configuration.splitRestricted)
        type = change.output
        space = type.space
        restriction = change
      }
      let width = configuration.widths[number]
      let inner = try Self.regular(space, width: width, fixParameters: configuration.fixParameters)
      let isTrivial = number == 3 && configuration.convToTrivial
      let last = isTrivial ? Self.trivial(space, width: width, fixParameters: configuration.fixParameters) : inner
      var blocks: [Block] = []
      for position in 0..<configuration.blocksPerStage {
        let isLast = position == configuration.blocksPerStage - 1
        let output = isLast ? last : inner
        let stride = position > 0 ? 1 : number == 1 ? configuration.initialStride : 2
        // The step to trivial fields is a projection in the original even where regular fields are scalars already.
        let block = Block(
          input: type, inner: inner, output: output, kernelSize: configuration.kernelSize ?? Self.kernelSize(for: space),
          stride: stride, hasProjection: stride != 1 || type != output || isLast && isTrivial)
        type = block.output
        blocks.append(block)
      }
      stages.append(Stage(restriction: restriction, blocks: blocks))
    }
    self.stages = stages
    features = type
  }

  private static func space(_ configuration: WideResNetConfiguration) throws(SymmetryError) -> GSpace {
    let axis = configuration.axis * .pi / 180
    guard configuration.flips else { return GSpace.rotations(configuration.rotations) }
    return configuration.rotations == 1 ? GSpace.flips(axis: axis) : GSpace.dihedral(configuration.rotations, axis: axis)
  }

  /// Rotations by less than 90° need the wider kernels: a square of 3 pixels holds only four of them apart.
  private static func kernelSize(for space: GSpace) -> Int {
    [1, 2, 4].contains(space.group.rotationOrder ?? 1) ? 3 : 5
  }

  /// The subgroup that is kept before a stage, nil to keep all.
  private static func subgroup(_ level: Int, before stage: Int, rotations: Int, _ space: GSpace) -> SubgroupID? {
    let kept: Int
    switch (level, stage) {
    case (1, 3), (2, 2), (3, 2): kept = rotations / 2
    case (3, 3): kept = 1
    default: return nil
    }
    guard (space.group.rotationOrder ?? 1) > kept else { return nil }
    return space.group.hasReflections ? .dihedral(axis: 0, kept) : .rotations(kept)
  }

  /// Regular fields with `width` channels in all, or √|G| times as many for as many parameters as a plain network has.
  private static func regular(_ space: GSpace, width: Int, fixParameters: Bool) throws(ModelError) -> FieldType {
    let order = Double(space.group.order ?? 1)
    let channels = Double(width) * (fixParameters ? order.squareRoot() : 1)
    let count = Int(channels / order)
    guard count > 0 else { throw .tooNarrow(width: width, group: space.group.name) }
    return FieldType(space, Array(repeating: space.regular, count: count))
  }

  private static func trivial(_ space: GSpace, width: Int, fixParameters: Bool) -> FieldType {
    let order = Double(space.group.order ?? 1)
    let count = Int(Double(width) * (fixParameters ? order.squareRoot() : 1))
    return FieldType(space, Array(repeating: space.trivial, count: count))
  }
}

extension SteerableWideResNetPlan {
  /// Every convolution: from which type to which, and with which kernels.
  private var convolutions: [(input: FieldType, output: FieldType, kernelSize: Int, name: String)] {
    var list = [(image, stem, stemKernelSize, "the first convolution")]
    for (number, stage) in stages.enumerated() {
      for (index, block) in stage.blocks.enumerated() {
        let name = "block \(index) of stage \(number + 1)"
        list.append((block.input, block.inner, block.kernelSize, name))
        list.append((block.inner, block.output, block.kernelSize, name))
        if block.hasProjection { list.append((block.input, block.output, 1, name)) }
      }
    }
    return list
  }

  /// Two for each field that a batch norm normalizes, the weights of the convolutions, and the linear layer.
  func parameterCount(classes: Int) -> Int {
    let fields = stages.flatMap(\.blocks).reduce(features.count) { $0 + $1.input.count + $1.inner.count }
    let weights = convolutions.reduce(0) { sum, layer in
      sum
        + R2Conv.basisDimension(
          from: layer.input, to: layer.output, kernelSize: layer.kernelSize, frequencyCutoff: cutoff)
    }
    // Group pooling leaves one value for each field.
    return weights + 2 * fields + (features.count + 1) * classes
  }

  /// **Throws** `ModelError.tooManyKernels`, `.cutoffTooHigh` or `.tooManyWeights`.
  func checkMemory() throws {
    var memory = ModelMemory()
    for layer in convolutions {
      let configuration = KernelConfiguration(
        kernelSize: layer.kernelSize, frequencyCutoff: cutoff, axis: layer.input.space.axis)
      let weights = try KernelMemory.weights(from: layer.input, to: layer.output, configuration: configuration)
      guard weights > 0 else {
        throw KernelError.emptyBasis(
          from: "\(layer.input)", to: "\(layer.output)", configuration: configuration)
      }
      try memory.add(
        filter: [layer.output.size, layer.input.size, layer.kernelSize * layer.kernelSize], weights: weights,
        layer: layer.name)
    }
  }
}
