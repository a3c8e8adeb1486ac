extension NetworkOptions {
  /// Makes sure that a network of these options can be built for images of a given side.
  ///
  /// **Throws**: `NetworkError`.
  public func validate(side: Int) throws(NetworkError) {
    try validate()
    if side < 1 { throw .size(name: "the side of images", value: side) }
    try validateSides(side)
  }

  /// Makes sure that the options go together.
  ///
  /// **Throws**: `NetworkError`.
  public func validate() throws(NetworkError) {
    do {
      try sampling.validate(isPartial: isPartial)
    } catch {
      throw .sampling(error)
    }
    for (name, value) in [
      ("hidden", hidden), ("blocks", widths.count), ("kernel.hidden", kernel.hidden),
    ] where value < 1 { throw .size(name: name, value: value) }
    for width in widths where !(width > 0) || !width.isFinite { throw .weight(name: "widths", value: width) }
    guard (0..<1).contains(dropout) else { throw .dropout(dropout) }
    for (name, value) in [("kernelNorm", kernelNormWeight), ("monotonicity", monotonicityWeight)]
    where !(value >= 0) || !value.isFinite { throw .weight(name: name, value: value) }
    try validateKernel()
    try validateBlocks()
  }

  private func validateKernel() throws(NetworkError) {
    switch kernel.kind {
    case .siren:
      guard kernel.layers >= 2 else { throw .kernel("a siren needs layers of at least 2, found \(kernel.layers)") }
      guard kernel.omega0 > 0, kernel.omega0.isFinite else {
        throw .kernel("omega0 must be a positive number, found \(kernel.omega0)")
      }
    case .mlp:
      guard kernel.layers >= 2 else { throw .kernel("an mlp needs layers of at least 2, found \(kernel.layers)") }
    case .fourier, .gabor, .magnet:
      guard kernel.layers >= 1 else { throw .kernel("layers must be at least 1, found \(kernel.layers)") }
      guard kernel.inputScale > 0, kernel.inputScale.isFinite else {
        throw .kernel("inputScale must be a positive number, found \(kernel.inputScale)")
      }
    }
    if case .pixels(let size) = kernelSize {
      guard size >= 1 else { throw .size(name: "kernel.size", value: size) }
      guard size % 2 == 1 else { throw .evenKernel(size) }
    }
  }

  private func validateBlocks() throws(NetworkError) {
    for block in poolBlocks where block > widths.count || block < 0 {
      throw .noBlock(option: "poolBlocks", block: block, blocks: widths.count)
    }
    for block in dropoutBlocks where block > widths.count || block < 1 {
      throw .noBlock(option: "dropoutBlocks", block: block, blocks: widths.count)
    }
    switch architecture {
    case .ckResNet:
      if pooling == .learned, isPartial { throw .learnedPoolingOfPartial }
    case .gcnn:
      if lastOutputs != .sampled { throw .residualOnly("lastOutputs: \(lastOutputs.rawValue)") }
      if pooling == .learned { throw .residualOnly("pooling: learned") }
    }
  }

  private func validateSides(_ side: Int) throws(NetworkError) {
    var side = side
    func convolve(_ layer: String, _ padding: ConvolutionPadding) throws(NetworkError) {
      let size = kernelSize.pixels(width: side)
      let room = side + (padding == .same ? 2 * (size / 2) : 0)
      guard size <= room else { throw .kernelTooLarge(layer: layer, kernelSize: size, side: side) }
      side = room - size + 1
    }
    func pool(_ layer: String) throws(NetworkError) {
      guard side >= 2 else { throw .poolsAway(layer: layer, side: side) }
      side /= 2
    }
    try convolve("the lifting layer", padding)
    if architecture == .ckResNet, poolBlocks.contains(0) { try pool("the lifting layer") }
    for block in 1...widths.count {
      try convolve("block \(block)", padding)
      if architecture == .ckResNet { try convolve("block \(block)", padding) }
      if poolBlocks.contains(block) { try pool("block \(block)") }
    }
    if architecture == .ckResNet { try convolve("the last convolution", .valid) }
  }
}
