public import EquivariantLayers
public import Layers
public import Tensors

/// The mean over all positions of what strided circular convolutions give, as if they had no strides.
///
/// Strides make a network cheap and break its invariance: it sees the positions of one coset of the pixel grid, and a shift
/// by one pixel shows it others. In evaluation this module lets every block see all cosets, one after the other, so that
/// the mean runs over all positions; it computes the same function as the network of convolutions with stride 1 whose
/// dilations are the strides before them, and that is what it exports. In training it looks at one coset, drawn anew for
/// each batch: the same mean, estimated from 1 / strides² of its terms.
///
/// **Shapes**: `[N, C, H, W]` to `[N, outputType.size, 1, 1]`; height and width must be multiples of all strides together.
///
/// **Symmetry**: in evaluation invariant to all cyclic shifts and equivariant to the group, exactly for elements that map
/// the pixel grid to itself (the grid is a torus; its rotations permute the cosets). In training in distribution only.
///
/// **Traps**: unless the first part of each block is a circular `R2Conv` with an odd kernel and as much padding as keeps
/// the size, and no other part moves pixels.
///
/// **State**: `blocks.0.0.weights` and so on, and a generator that draws the cosets.
public final class PeriodicMean: EquivariantModule {
  /// The blocks: a convolution with what acts on each pixel after it.
  public let blocks: [SequentialModule]
  /// Where the cosets of training come from.
  public let random: RandomState

  /// Joins blocks, with a generator split off `rng`.
  public init(_ blocks: [SequentialModule], rng: inout Generator) {
    precondition(!blocks.isEmpty, "PeriodicMean: needs at least one block")
    for block in blocks {
      guard let conv = block.parts.first as? R2Conv else {
        preconditionFailure("PeriodicMean: a block begins with \(Swift.type(of: block.parts[0])); expected R2Conv")
      }
      precondition(
        conv.paddingMode == .circular && conv.kernelSize % 2 == 1 && conv.dilation == 1
          && conv.padding == [conv.kernelSize / 2, conv.kernelSize / 2],
        "PeriodicMean: needs circular convolutions with odd kernels and half of them as padding, got \(conv)")
    }
    self.blocks = blocks
    random = RandomState(splitting: &rng)
    super.init(from: blocks[0].inputType, to: blocks[blocks.count - 1].outputType)
  }

  /// All strides together.
  public var stride: Int { blocks.reduce(1) { $0 * Self.convolution($1).stride } }

  private static func convolution(_ block: SequentialModule) -> R2Conv {
    guard let conv = block.parts.first as? R2Conv else { preconditionFailure("PeriodicMean: checked at creation") }
    return conv
  }

  /// The mean over one random coset in training, over all in evaluation.
  public override func callAsFunction(_ input: GeometricTensor) -> GeometricTensor {
    checkInput(input)
    _ = evaluateOutputShape(input.shape)
    var features = input
    let images = input.shape[0]
    if isTraining {
      let shifts = (0..<2).map { _ in -Int.random(in: 0..<stride, using: &random.generator) }
      features = GeometricTensor(input.tensor.roll(shifts, along: [2, 3]), input.type)
    }
    for block in blocks {
      let step = Self.convolution(block).stride
      guard !isTraining, step > 1 else {
        features = block(features)
        continue
      }
      // The cosets join the batch.
      let cosets = (0..<step * step).map { index in
        block(GeometricTensor(features.tensor.roll([-(index / step), -(index % step)], along: [2, 3]), features.type))
      }
      features = GeometricTensor(Tensor.concatenated(cosets.map(\.tensor), along: 0), block.outputType)
    }
    let means = features.tensor.mean(along: [2, 3])
    let all = means.reshape([means.shape[0] / images, images, means.shape[1]]).mean(along: [0])
    return GeometricTensor(all.reshape([images, outputType.size, 1, 1]), outputType)
  }

  /// One pixel.
  ///
  /// **Traps**: unless height and width are multiples of the strides.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    precondition(
      shape[2] % stride == 0 && shape[3] % stride == 0,
      "PeriodicMean: images of \(shape[2])×\(shape[3]) pixels are no multiples of the strides, which are \(stride) together"
    )
    return [shape[0], outputType.size, 1, 1]
  }

  /// The same function as plain layers: dilations in the place of strides, and the mean over all pixels.
  public override func export() -> Layer {
    var layers: [Layer] = []
    var dilation = 1
    for block in blocks {
      let conv = Self.convolution(block)
      layers.append(
        withoutGradient {
          Conv2D(
            weight: conv.expandFilter(), bias: conv.expandBias(), padding: conv.padding.map { $0 * dilation },
            paddingMode: .circular, dilation: dilation)
        })
      layers += block.parts.dropFirst().map { $0.export() }
      dilation *= conv.stride
    }
    return Sequential(layers + [AdaptiveAvgPool2D(outputSize: 1)]).fused()
  }
}
