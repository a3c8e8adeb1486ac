internal import Layers
internal import Tensors

/// The convolution with a generated kernel: piece after piece of its disk, and part after part of its weights.
struct PiecewiseConvolution {
  let layout: KernelLayout
  let kernelSize: Int
  /// The zeros around the image.
  let margin: Int

  /// The weights of a part, one tensor a piece, in the parameters' own precision.
  func weights(_ part: KernelLayout.Part, _ operands: [Tensor]) -> [Tensor] {
    withAutocast(enabled: false) { layout.weights(part, operands: operands, pieces: layout.grid.pieces) }
  }

  /// Convolves with the weights of one part, onto its output channels; `x` holds the images of its sets.
  ///
  /// **Shapes**: `[B, C·N, H, W]` to `[B, O·M, H', W']`.
  func callAsFunction(_ x: Tensor, _ weights: [Tensor], _ shift: Tensor?, _ part: KernelLayout.Part) -> Tensor {
    guard layout.sets > 1 else { return sum(x, weights, shift, groups: 1) }
    // Each image has weights of its own: one grouped convolution of all images side by side.
    let (shape, sets) = (x.shape, part.sets.count)
    let row = x.contiguous().reshape([1, sets * shape[1], shape[2], shape[3]])
    let result = sum(row, weights.map { $0.contiguous() }, shift.map { $0.`repeat`([sets]) }, groups: sets)
    return result.reshape([sets, result.shape[1] / sets, result.shape[2], result.shape[3]])
      .toMemoryFormat(.channelsLast)
  }

  /// Convolves with all parts, whose weights are dropped after use and generated again for gradients.
  func callAsFunction(_ x: Tensor, parts: [KernelLayout.Part], sources: [Tensor], _ shift: Tensor?) -> Tensor {
    var images: [Tensor] = []
    var channels: [Tensor] = []
    for (index, part) in parts.enumerated() {
      let own = layout.sets == 1 ? x : x.slice(0, from: part.sets.lowerBound, to: part.sets.upperBound)
      let range = (part.rows.lowerBound * layout.outputs, part.rows.upperBound * layout.outputs)
      let operands = layout.operands(part, features: sources[0], matrix: sources[1], shift: sources[2])
      let bias = shift.map { [$0.slice(0, from: range.0, to: range.1)] } ?? []
      channels.append(
        recomputed([own] + operands + bias) { [self] tensors in
          self(tensors[0], weights(part, Array(tensors[1...3])), tensors.count > 4 ? tensors[4] : nil, part)
        })
      let isLast = index + 1 == parts.count || parts[index + 1].sets != part.sets
      if isLast {
        images.append(channels.count == 1 ? channels[0] : Tensor.concatenated(channels, along: 1))
        channels = []
      }
    }
    return images.count == 1 ? images[0] : Tensor.concatenated(images, along: 0)
  }

  /// The sum of the pieces' convolutions.
  private func sum(_ x: Tensor, _ weights: [Tensor], _ shift: Tensor?, groups: Int) -> Tensor {
    var result: Tensor?
    for (piece, weight) in zip(layout.grid.pieces, weights) {
      let (rows, columns) = piece.padding(kernelSize: kernelSize, margin: margin)
      var image = x
      // Without a margin, a piece that is smaller than the kernel stays away from the border.
      if rows < 0 { image = image.slice(2, from: -rows, to: image.shape[2] + rows) }
      if columns < 0 { image = image.slice(3, from: -columns, to: image.shape[3] + columns) }
      let next = image.conv2d(
        weight, bias: result == nil ? shift : nil, padding: [max(0, rows), max(0, columns)],
        dilation: [piece.dilation.rows, piece.dilation.columns], groups: groups)
      result = result.map { $0 + next } ?? next
    }
    guard let result else { Torch.fail(op: "PiecewiseConvolution", "the kernel has no weights") }
    return result
  }
}
