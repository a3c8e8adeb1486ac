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
      if let subgroup = Self.subgroup(
        configuration.restriction, before: number, rotations: configuration.rotations, space)
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
          input: type, inner: inner, output: output,
          kernelSize: configuration.kernelSize ?? Self.kernelSize(for: space),
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
    return configuration.rotations == 1
      ? GSpace.flips(axis: axis) : GSpace.dihedral(configuration.rotations, axis: axis)
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
  /// A convolution: from which type to which, and with which kernels.
  private struct Convolution: Hashable {
    let input: FieldType
    let output: FieldType
    let kernelSize: Int
  }

  /// Every convolution with its place.
  private var convolutions: [(layer: Convolution, place: String)] {
    var list = [
      (Convolution(input: image, output: stem, kernelSize: stemKernelSize), "the first convolution")
    ]
    for (number, stage) in stages.enumerated() {
      for (index, block) in stage.blocks.enumerated() {
        let place = "block \(index) of stage \(number + 1)"
        let size = block.kernelSize
        list.append((Convolution(input: block.input, output: block.inner, kernelSize: size), place))
        list.append((Convolution(input: block.inner, output: block.output, kernelSize: size), place))
        if block.hasProjection {
          list.append((Convolution(input: block.input, output: block.output, kernelSize: 1), place))
        }
      }
    }
    return list
  }

  /// Calls `count` for each different convolution and returns the numbers for all of them; most blocks are alike.
  private func counted<Number>(_ count: (Convolution) throws -> Number) rethrows -> [Number] {
    var known: [Convolution: Number] = [:]
    return try convolutions.map { layer, _ in
      if let number = known[layer] { return number }
      let number = try count(layer)
      known[layer] = number
      return number
    }
  }

  /// Two for each field that a batch norm normalizes, the weights of the convolutions, and the linear layer.
  func parameterCount(classes: Int) -> Int {
    let fields = stages.flatMap(\.blocks).reduce(features.count) { $0 + $1.input.count + $1.inner.count }
    let weights = counted { layer in
      R2Conv.basisDimension(
        from: layer.input, to: layer.output, kernelSize: layer.kernelSize, frequencyCutoff: cutoff)
    }
    // Group pooling leaves one value for each field.
    return weights.reduce(0, +) + 2 * fields + (features.count + 1) * classes
  }

  /// **Throws** `ModelError.tooManyKernels`, `.cutoffTooHigh` or `.tooManyWeights`.
  func checkMemory() throws {
    let weights = try counted { layer in
      let configuration = KernelConfiguration(
        kernelSize: layer.kernelSize, frequencyCutoff: cutoff, axis: layer.input.space.axis)
      let weights = try KernelMemory.weights(from: layer.input, to: layer.output, configuration: configuration)
      guard weights > 0 else {
        throw KernelError.emptyBasis(
          from: "\(layer.input)", to: "\(layer.output)", configuration: configuration)
      }
      return weights
    }
    var memory = ModelMemory()
    for ((layer, place), count) in zip(convolutions, weights) {
      try memory.add(
        filter: [layer.output.size, layer.input.size, layer.kernelSize * layer.kernelSize], weights: count,
        layer: place)
    }
  }
}
