import Tensors

extension ChannelBranches {
  /// Simpler layers that do the same, nil when there are none.
  ///
  /// - Parameter convolution: The layer before this one, into which what leaves the branches can be folded.
  func opened(after convolution: ConvolutionLayer?) -> [Layer]? {
    let sequences = layers.map { ($0 as? Sequential)?.layers ?? ($0 is Identity ? [] : [$0]) }
    if sequences.count == 1 { return sequences[0] }
    if sequences.allSatisfy(\.isEmpty) { return [] }
    if let common = commonStart(sequences) { return [common] + rest(sequences.map { Array($0.dropFirst()) }) }
    guard let convolution, convolution.axes == 2, convolution.groups == 1 || convolution.options.isTransposed else {
      return nil
    }
    return normalizationsFirst(sequences, convolution) ?? matricesFirst(sequences, convolution)
  }

  private func rest(_ sequences: [[Layer]], sizes: [Int]? = nil) -> [Layer] {
    if sequences.allSatisfy(\.isEmpty) { return [] }
    let layers = sequences.map { $0.isEmpty ? Identity() : $0.count == 1 ? $0[0] : Sequential($0) }
    return [ChannelBranches(sizes: sizes ?? self.sizes, layers)]
  }

  /// The layer that all branches begin with, if it treats all channels alike and has no tensors.
  private func commonStart(_ sequences: [[Layer]]) -> Layer? {
    guard let first = sequences[0].first else { return nil }
    let isUniform =
      switch first {
      case let activation as Activation: activation.kind != .softmax && activation.kind != .logSoftmax
      case is MaxPool2D, is AvgPool2D, is AdaptivePool2D, is Pad2D, is Upsample2D: true
      default: false
      }
    // A layer's printed line has all its options.
    return isUniform && sequences.allSatisfy { $0.first?.line == first.line } ? first : nil
  }

  /// Joins the normalizations at the beginning of branches before them, for the convolution to take in.
  private func normalizationsFirst(_ sequences: [[Layer]], _ convolution: ConvolutionLayer) -> [Layer]? {
    let weight = convolution.weight.value
    let starts = zip(sequences, sizes).map { sequence, size in
      sequence.first.flatMap {
        $0 is BatchNorm2D || $0 is Multiply ? ChannelwiseMap($0, channels: size) : nil
      }
    }
    guard starts.contains(where: { $0 != nil }) else { return nil }
    let parts = zip(starts, sizes).map { $0 ?? ChannelwiseMap(identityOf: $1, device: weight.device) }
    let remaining = zip(starts, sequences).map { $0 == nil ? $1 : Array($1.dropFirst()) }
    return [ChannelwiseMap(joining: parts).normalization(dtype: weight.dtype)] + rest(remaining)
  }

  /// Joins the 1 × 1 convolutions at the beginning of branches before them, for the convolution to take in.
  private func matricesFirst(_ sequences: [[Layer]], _ convolution: ConvolutionLayer) -> [Layer]? {
    guard convolution is Conv2D else { return nil }
    let starts = zip(sequences, sizes).map { sequence, size in
      sequence.first.flatMap { $0 as? Conv2D }.flatMap { $0.isMatrix && $0.outChannels <= size ? $0 : nil }
    }
    guard starts.contains(where: { $0 != nil }) else { return nil }
    let dtype = convolution.weight.value.dtype
    let device = convolution.weight.value.device
    let outputs = zip(starts, sizes).map { $0?.outChannels ?? $1 }
    var rows: [Tensor] = []
    var biases: [Tensor] = []
    for (index, start) in starts.enumerated() {
      let blocks = sizes.enumerated().map { column, size -> Tensor in
        guard column == index else { return Tensor.zeros([outputs[index], size], dtype: dtype, device: device) }
        return start.map { $0.matrix.to(dtype) } ?? Tensor.eye(size, dtype: dtype).to(device)
      }
      rows.append(Tensor.concatenated(blocks, along: 1))
      biases.append(
        start?.bias?.value.detach() ?? Tensor.zeros([outputs[index]], dtype: dtype, device: device))
    }
    let matrix = Tensor.concatenated(rows, along: 0)
    let joined = Conv2D(
      weight: matrix.reshape(Shape(matrix.shape + [1, 1])), bias: Tensor.concatenated(biases, along: 0))
    let remaining = zip(starts, sequences).map { $0 == nil ? $1 : Array($1.dropFirst()) }
    return [joined] + rest(remaining, sizes: outputs)
  }
}

extension Conv2D {
  /// Whether the layer multiplies the channels of each pixel by a matrix and does nothing else but add a bias.
  var isMatrix: Bool { kernelSize == [1, 1] && stride == [1, 1] && padding == [0, 0] }

  /// The matrix `[out, in]` of a layer with `isMatrix`, in float64; with blocks along the diagonal for groups.
  var matrix: Tensor {
    let blocks = weight.value.detach().to(.float64).reshape([groups, outChannels / groups, inChannels / groups])
    if groups == 1 { return blocks.select(0, index: 0) }
    let mask = Tensor.eye(groups, dtype: .float64).to(blocks.device).reshape([groups, 1, groups, 1])
    return (blocks.unsqueeze(2) * mask).reshape([outChannels, inChannels])
  }
}
