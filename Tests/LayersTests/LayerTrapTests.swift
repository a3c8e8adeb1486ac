import Layers
import Tensors
import Testing

/// Wrong inputs and options stop the process with a message that has the layer and both shapes.
@Suite struct LayerTrapTests {
  @Test func convolutionChannels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Conv2D(from: 4, to: 2, kernelSize: 3, rng: &rng)(Tensor.zeros([1, 3, 8, 8]))
    }
    #expect(printed(result).contains("Conv2D: expected 4 channels [N, C, H, W], got [1, 3, 8, 8]"))
  }

  @Test func convolutionRank() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Conv2D(from: 4, to: 2, kernelSize: 3, rng: &rng)(Tensor.zeros([4, 8, 8]))
    }
    #expect(printed(result).contains("Conv2D: expected an input [N, C, H, W], got [4, 8, 8]"))
  }

  @Test func convolutionKernelLargerThanInput() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Conv2D(from: 1, to: 2, kernelSize: 5, rng: &rng).outputShape(for: [1, 1, 3, 8])
    }
    #expect(printed(result).contains("Conv2D: the kernel spans 5 pixels"))
  }

  @Test(arguments: 0..<3) func windowsLargerThanInput(_ kind: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [kind] in
      let layers = [
        MaxPool2D(kernelSize: 5), AvgPool2D(kernelSize: 5), DepthwiseConstantConv2D(kernel: Tensor.ones([5, 5])),
      ]
      _ = layers[kind].outputShape(for: [1, 1, 3, 8])
    }
    #expect(printed(result).contains("spans 5 pixels, more than the padded input [1, 1, 3, 8] has"))
  }

  @Test func transposedConvolutionThatLeavesNothing() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = ConvTransposed2D(from: 1, to: 2, kernelSize: 3, padding: 3, rng: &rng).outputShape(for: [1, 1, 2, 2])
    }
    #expect(printed(result).contains("ConvTransposed2D: the padding [3, 3] leaves nothing of the input [1, 1, 2, 2]"))
  }

  @Test func permutationChannels() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ChannelPermutation([1, 0], of: 2)(Tensor.zeros([1, 3]))
    }
    #expect(printed(result).contains("ChannelPermutation: expected an input [N, 2, …], got [1, 3]"))
  }

  @Test func convolutionGroups() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Conv2D(from: 4, to: 2, kernelSize: 3, groups: 3, rng: &rng)
    }
    #expect(printed(result).contains("Conv2D: 3 groups do not divide 4 and 2 channels"))
  }

  @Test func convolutionStride() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Conv2D(from: 4, to: 2, kernelSize: 3, stride: [1, 0], rng: &rng)
    }
    #expect(
      printed(result).contains("Conv2D: stride must be one or 2 integers of at least 1, got [1, 0]"))
  }

  @Test func linearFeatures() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Linear(from: 4, to: 2, rng: &rng)(Tensor.zeros([3, 5]))
    }
    #expect(printed(result).contains("Linear: expected an input […, 4], got [3, 5]"))
  }

  @Test func batchNormRank() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm1D(4)(Tensor.zeros([3, 4, 2, 2]))
    }
    #expect(
      printed(result).contains("BatchNorm1D: expected an input [N, C] or [N, C, L], got [3, 4, 2, 2]"))
  }

  @Test func dropoutProbability() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var rng = Generator(seed: 0)
      _ = Dropout(probability: 1, rng: &rng)
    }
    #expect(printed(result).contains("Dropout: needs a probability in 0..<1, got 1.0"))
  }

  @Test func channelGroups() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MaxOverChannelGroups(groupSize: 3, channels: 8)
    }
    #expect(printed(result).contains("MaxOverChannelGroups: groups of 3 do not fill 8 channels"))
  }
}
