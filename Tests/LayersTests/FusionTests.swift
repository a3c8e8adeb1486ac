import Layers
import Tensors
import TestSupport
import Testing

/// Fused networks have the parts that they should have, and compute the same.
@Suite struct FusionTests {
  /// Replaces all parameters and statistics by random numbers and switches to float64 and evaluation mode.
  private func randomized(_ network: Sequential, seed: UInt64 = 1) -> Sequential {
    var rng = Generator(seed: seed)
    network.to(.float64)
    for named in network.parameters {
      named.parameter.assign(Tensor.randn(named.parameter.shape, using: &rng, dtype: .float64))
    }
    for named in network.buffers where named.buffer.value.dtype.isFloatingPoint {
      named.buffer.assign(Tensor.rand(named.buffer.shape, using: &rng, dtype: .float64) + 0.5)
    }
    network.eval()
    return network
  }

  /// The classes of the layers, with those inside of composed ones in brackets.
  private func structure(_ layers: [Layer]) -> String {
    layers.map { layer in
      let inside: String? =
        switch layer {
        case let sequence as Sequential: structure(sequence.layers)
        case let residual as Residual: structure([residual.body]) + " + " + structure([residual.shortcut])
        case let branches as ChannelBranches: structure(branches.layers)
        default: nil
        }
      return "\(type(of: layer))" + (inside.map { "[\($0)]" } ?? "")
    }.joined(separator: " ")
  }

  private func expectFused(
    _ layers: [Layer], to expected: String, input: Shape = [2, 4, 7, 7], inputRank: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let network = randomized(Sequential(layers))
    let fused = network.fused(inputRank: inputRank)
    #expect(structure(fused.layers) == expected, sourceLocation: sourceLocation)
    var rng = Generator(seed: 5)
    let x = Tensor.randn(input, using: &rng, dtype: .float64)
    let y = network(x)
    let distance = difference(fused(x), y) / max(1, y.abs().max().item())
    #expect(distance < 1e-12, "\(expected)", sourceLocation: sourceLocation)
    #expect(fused.outputShape(for: input) == y.shape, sourceLocation: sourceLocation)
    #expect(structure(fused.fused(inputRank: inputRank).layers) == expected, sourceLocation: sourceLocation)
  }

  private func conv(
    _ from: Int = 4, _ to: Int = 4, _ kernelSize: Int = 3, stride: Int = 1, padding: Int = 0,
    paddingMode: PaddingMode = .zeros, dilation: Int = 1, groups: Int = 1, hasBias: Bool = true
  ) -> Conv2D {
    var rng = Generator(seed: 2)
    return Conv2D(
      from: from, to: to, kernelSize: kernelSize, stride: stride, padding: padding, paddingMode: paddingMode,
      dilation: dilation, groups: groups, hasBias: hasBias, rng: &rng)
  }

  private func transposed(_ from: Int = 4, _ to: Int = 4, groups: Int = 1, hasBias: Bool = true) -> ConvTransposed2D {
    var rng = Generator(seed: 3)
    return ConvTransposed2D(
      from: from, to: to, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, groups: groups, hasBias: hasBias,
      rng: &rng)
  }

  private func linear(_ from: Int, _ to: Int, hasBias: Bool = true) -> Linear {
    var rng = Generator(seed: 4)
    return Linear(from: from, to: to, hasBias: hasBias, rng: &rng)
  }

  private var dropout: Dropout {
    var rng = Generator(seed: 0)
    return Dropout(probability: 0.5, rng: &rng)
  }

  @Test func normalizationsAfterConvolutions() {
    expectFused([conv(padding: 1), BatchNorm2D(4), Activation(.relu)], to: "Conv2D Activation")
    expectFused([conv(hasBias: false), BatchNorm2D(4, isAffine: false)], to: "Conv2D")
    expectFused([conv(4, 6, groups: 2), BatchNorm2D(6)], to: "Conv2D")
    expectFused([conv(stride: 2, padding: 1, paddingMode: .reflect, dilation: 2), BatchNorm2D(4)], to: "Conv2D")
    expectFused([transposed(), BatchNorm2D(4)], to: "ConvTransposed2D")
    expectFused([transposed(4, 6, groups: 2, hasBias: false), BatchNorm2D(6)], to: "ConvTransposed2D")
    expectFused([conv(), BatchNorm2D(4), BatchNorm2D(4)], to: "Conv2D")
    // Statistics of the batch are not known before.
    expectFused([conv(), BatchNorm2D(4, tracksStatistics: false)], to: "Conv2D BatchNorm2D")
    expectFused(
      [Activation(.relu), BatchNorm2D(4), BatchNorm2D(4), Activation(.tanh)], to: "Activation BatchNorm2D Activation")
    var rng = Generator(seed: 1)
    expectFused([Conv1D(from: 4, to: 3, kernelSize: 3, rng: &rng), BatchNorm1D(3)], to: "Conv1D", input: [2, 4, 7])
    expectFused(
      [Conv3D(from: 4, to: 3, kernelSize: 2, rng: &rng), BatchNorm3D(3)], to: "Conv3D", input: [2, 4, 3, 3, 3])
  }

  /// Before a convolution only when the border is not filled with zeros.
  @Test func normalizationsBeforeConvolutions() {
    expectFused([Activation(.relu), BatchNorm2D(4), conv()], to: "Activation Conv2D")
    expectFused([BatchNorm2D(4), conv(4, 6, groups: 2, hasBias: false)], to: "Conv2D")
    for mode in [PaddingMode.reflect, .replicate, .circular] {
      expectFused([BatchNorm2D(4), conv(padding: 1, paddingMode: mode)], to: "Conv2D")
    }
    expectFused([BatchNorm2D(4), conv(padding: 1)], to: "BatchNorm2D Conv2D")
    expectFused([Multiply(Tensor.full([1, 4, 1, 1], 0.3)), conv(padding: 1)], to: "Conv2D")
    expectFused([conv(), BatchNorm2D(4), conv(padding: 1)], to: "Conv2D Conv2D")
  }

  /// After linear layers only where features are known to lie along axis 1.
  @Test func normalizationsAroundLinearLayers() {
    expectFused([linear(4, 6), BatchNorm1D(6)], to: "Linear BatchNorm1D", input: [3, 4])
    expectFused([linear(4, 6), BatchNorm1D(6)], to: "Linear", input: [3, 4], inputRank: 2)
    expectFused([linear(5, 4), BatchNorm1D(4)], to: "Linear BatchNorm1D", input: [3, 4, 5], inputRank: 3)
    expectFused([BatchNorm1D(4), linear(4, 6, hasBias: false)], to: "Linear", input: [3, 4], inputRank: 2)
    expectFused(
      [conv(), Flatten(), linear(100, 6, hasBias: false), BatchNorm1D(6), Activation(.elu(1)), linear(6, 2)],
      to: "Conv2D Flatten Linear Activation Linear")
    expectFused(
      [Reshape([196]), linear(196, 6), BatchNorm1D(6), Multiply(Tensor(2.0))], to: "Reshape Linear")
  }

  @Test func convolutionsWithMatrices() {
    expectFused([conv(4, 6, 3, padding: 1), conv(6, 5, 1)], to: "Conv2D")
    expectFused([conv(4, 6, 3, hasBias: false), conv(6, 5, 1, hasBias: false)], to: "Conv2D")
    expectFused([conv(4, 6, 3), BatchNorm2D(6), conv(6, 6, 1), BatchNorm2D(6)], to: "Conv2D")
    expectFused([conv(4, 6, 3), conv(6, 8, 1)], to: "Conv2D Conv2D")
    expectFused([conv(4, 6, 3), conv(6, 5, 1, padding: 1)], to: "Conv2D Conv2D")
    expectFused([conv(4, 6, 3), conv(6, 6, 1, groups: 2)], to: "Conv2D")
    expectFused([conv(4, 6, 3), conv(6, 4, 1, groups: 2), BatchNorm2D(4)], to: "Conv2D")
    expectFused([conv(4, 6, 3, groups: 2), conv(6, 6, 1)], to: "Conv2D Conv2D")
  }

  @Test func padding() {
    expectFused([Pad2D(1), conv(padding: 1)], to: "Conv2D")
    expectFused([Pad2D(top: 1, bottom: 1, left: 2, right: 2), conv()], to: "Conv2D")
    expectFused([Pad2D(2, mode: .reflect), conv()], to: "Conv2D")
    expectFused([Pad2D(1), Pad2D(top: 0, bottom: 1, left: 1, right: 0), Activation(.relu)], to: "Pad2D Activation")
    expectFused([Pad2D(1), DepthwiseConstantConv2D(kernel: Tensor.ones([3, 3]))], to: "DepthwiseConstantConv2D")
    expectFused([Pad2D(1, mode: .reflect), conv(padding: 1)], to: "Pad2D Conv2D")
    expectFused([Pad2D(1), conv(padding: 1, paddingMode: .reflect)], to: "Pad2D Conv2D")
    expectFused([Pad2D(top: 0, bottom: 1, left: 0, right: 1), conv()], to: "Pad2D Conv2D")
    expectFused([Pad2D(-1), conv()], to: "Pad2D Conv2D")
  }

  @Test func factors() {
    var rng = Generator(seed: 1)
    let mask = Tensor.rand([1, 1, 7, 7], using: &rng)
    expectFused([Multiply(mask), Multiply(mask), Multiply(Tensor(2.0))], to: "Multiply")
    expectFused([conv(), Multiply(Tensor(3.0))], to: "Conv2D")
    expectFused([conv(padding: 1), Multiply(mask)], to: "Conv2D Multiply")
    expectFused(
      [Multiply(Tensor.ones([4, 1, 1])), Multiply(mask), Activation(.relu)], to: "Multiply Multiply Activation")
  }

  @Test func permutations() {
    let cycle = ChannelPermutation([1, 2, 3, 0], of: 4)
    expectFused(
      [cycle, ChannelPermutation([3, 1, 2, 0], of: 4), Activation(.relu)], to: "ChannelPermutation Activation")
    expectFused([cycle, ChannelPermutation([3, 0, 1, 2], of: 4), Activation(.relu)], to: "Activation")
    expectFused([cycle, conv(padding: 1)], to: "Conv2D")
    expectFused([conv(padding: 1), cycle], to: "Conv2D")
    expectFused([transposed(), cycle, Activation(.relu)], to: "ConvTransposed2D Activation")
    expectFused([cycle, transposed()], to: "ConvTransposed2D")
    expectFused([conv(), ChannelPermutation([2, 2, 0], of: 4)], to: "Conv2D")
    // Past what treats channels alike, with its own numbers permuted.
    expectFused(
      [cycle, BatchNorm2D(4), Activation(.relu), MaxPool2D(kernelSize: 2), conv()],
      to: "BatchNorm2D Activation MaxPool2D Conv2D")
    expectFused(
      [
        conv(), Activation(.relu), BatchNorm2D(4), AvgPool2D(kernelSize: 2), cycle,
        MaxOverChannelGroups(sizes: [1, 3]),
      ],
      to: "Conv2D Activation BatchNorm2D AvgPool2D MaxOverChannelGroups")
    // Groups, residual branches, and unknown channels keep it.
    expectFused([cycle, conv(groups: 2)], to: "ChannelPermutation Conv2D")
    expectFused([cycle, Residual(conv(padding: 1))], to: "ChannelPermutation Residual[Conv2D + Identity]")
    expectFused([ChannelPermutation([1, 2, 0]), conv(3, 2)], to: "ChannelPermutation Conv2D")
    expectFused([cycle, Activation(.softmax), conv()], to: "Activation Conv2D")
  }

  @Test func residualBranches() {
    expectFused(
      [
        Residual(
          Sequential(BatchNorm2D(4), Activation(.relu), conv(padding: 1), BatchNorm2D(4), dropout, Identity()),
          shortcut: Sequential(conv(4, 4, 1), BatchNorm2D(4)))
      ], to: "Residual[Sequential[BatchNorm2D Activation Conv2D] + Conv2D]")
    expectFused([Residual(Sequential(Identity()), shortcut: conv(padding: 1))], to: "Residual[Identity + Conv2D]")
  }

  @Test func branchesOfChannels() {
    let pair = [Sequential(BatchNorm2D(1), Activation(.relu)), Sequential(BatchNorm2D(3), Activation(.relu))]
    expectFused([conv(), ChannelBranches(sizes: [1, 3], pair)], to: "Conv2D Activation")
    expectFused([ChannelBranches(sizes: [1, 3], [Identity(), dropout]), Activation(.tanh)], to: "Activation")
    expectFused([ChannelBranches(sizes: [4], [Sequential(BatchNorm2D(4))]), conv()], to: "Conv2D")
    expectFused(
      [conv(), ChannelBranches(sizes: [1, 3], [Sequential(BatchNorm2D(1), Activation(.relu)), Activation(.tanh)])],
      to: "Conv2D ChannelBranches[Activation Activation]")
    expectFused(
      [
        conv(), ChannelPermutation([3, 0, 2, 1], of: 4),
        ChannelBranches(sizes: [2, 2], [Sequential(conv(2, 1, 1), Activation(.relu)), conv(2, 2, 1)]),
      ], to: "Conv2D ChannelBranches[Activation Identity]")
    expectFused(
      [
        conv(4, 6),
        ChannelBranches(sizes: [4, 2], [Sequential(conv(4, 4, 1, groups: 2), Activation(.relu)), Activation(.tanh)]),
      ], to: "Conv2D ChannelBranches[Activation Activation]")
    expectFused(
      [ChannelBranches(sizes: [1, 3], [MaxPool2D(kernelSize: 2), MaxPool2D(kernelSize: 2)])], to: "MaxPool2D")
    expectFused(
      [ChannelBranches(sizes: [1, 3], [MaxPool2D(kernelSize: 2), AvgPool2D(kernelSize: 2)])],
      to: "ChannelBranches[MaxPool2D AvgPool2D]")
  }

  @Test func nestedSequencesAreFlat() {
    expectFused(
      [Identity(), Sequential(Sequential(conv()), Identity()), Sequential(BatchNorm2D(4), dropout), Sequential()],
      to: "Conv2D")
    expectFused([Identity(), dropout], to: "")
  }

  /// The result shares nothing with the network that decides the output: neither values nor modes.
  @Test func nothingIsShared() {
    let network = randomized(
      Sequential(
        conv(), BatchNorm2D(4), Residual(conv(padding: 1)), InstanceNorm2D(4, isAffine: true),
        GroupNorm(groups: 2, channels: 4),
        Multiply(Tensor(0.5)), DepthwiseConstantConv2D(kernel: Tensor.ones([3, 3])), Flatten(), linear(36, 3),
        LayerNorm([3])))
    var rng = Generator(seed: 5)
    let x = Tensor.randn([2, 4, 7, 7], using: &rng, dtype: .float64)
    let fused = network.fused()
    let before = fused(x)
    network.train()
    #expect(fused.modules.allSatisfy { !$0.isTraining || ($0.parameters.isEmpty && $0.buffers.isEmpty) })
    for named in network.parameters { named.parameter.update { $0 * 2 } }
    for named in network.buffers where named.buffer.value.dtype.isFloatingPoint { named.buffer.update { $0 * 2 } }
    network.to(.float32)
    #expect(difference(fused(x), before) == 0)
    let own = Set(network.parameters.map { ObjectIdentifier($0.parameter) })
    #expect(fused.parameters.allSatisfy { !own.contains(ObjectIdentifier($0.parameter)) })
  }

  /// Copies have the same keys, values, and options, and nothing in common with the original.
  @Test func copies() {
    var rng = Generator(seed: 6)
    let layers: [(Layer, Shape)] = [
      (Conv1D(from: 4, to: 2, kernelSize: 3, dilation: 2, rng: &rng), [2, 4, 9]),
      (conv(4, 4, 3, stride: 2, padding: 1, paddingMode: .circular, groups: 2), [2, 4, 7, 7]),
      (transposed(4, 6, groups: 2), [2, 4, 5, 5]), (linear(3, 2), [2, 3]),
      (BatchNorm2D(4, epsilon: 0.1, momentum: nil), [2, 4, 3, 3]), (BatchNorm1D(4, isAffine: false), [2, 4]),
      (GroupNorm(groups: 2, channels: 4, epsilon: 0.1), [2, 4, 3, 3]), (InstanceNorm2D(4), [2, 4, 3, 3]),
      (LayerNorm([3], epsilon: 0.1), [2, 3]), (Multiply(Tensor(2.0)), [2, 3]),
      (DepthwiseConstantConv2D(kernel: Tensor.ones([3, 3]), stride: 2, padding: 1), [2, 3, 7, 7]),
      (Residual(Sequential(conv(padding: 1)), shortcut: conv(4, 4, 1)), [2, 4, 7, 7]),
      (ChannelBranches(sizes: [4, 4], [conv(), conv()]), [2, 8, 7, 7]),
    ]
    for (layer, shape) in layers {
      let network = randomized(Sequential(layer))
      let copy = layer.copy()
      copy.eval()
      #expect(layer.stateDict().isIdentical(to: copy.stateDict()), "\(layer.line)")
      #expect(layer.description == copy.description)
      let x = Tensor.randn(shape, using: &rng, dtype: .float64)
      let y = network(x)
      #expect(difference(copy(x), y) == 0, "\(layer.line)")
      for named in copy.parameters { named.parameter.update { $0 + 1 } }
      for named in copy.buffers where named.buffer.value.dtype.isFloatingPoint { named.buffer.update { $0 + 1 } }
      #expect(difference(network(x), y) == 0, "\(layer.line)")
    }
    let random = dropout
    guard let other = random.copy() as? Dropout else {
      Issue.record("no dropout")
      return
    }
    #expect(random.random.bytes == other.random.bytes && random.random !== other.random)
  }

  @Test func layersThatCannotBeCopied() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      final class Scale: Layer {
        let factor = Parameter(Tensor(2.0))
        override func callAsFunction(_ x: Tensor) -> Tensor { x * factor.value }
      }
      _ = Sequential(Scale()).fused()
    }
    #expect(printed(result).contains("Scale: copy() is not overridden"))
  }
}
