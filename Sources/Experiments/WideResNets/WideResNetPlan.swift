/// The shapes of a plain wide residual network before any weight is made.
struct WideResNetPlan {
  struct Block {
    let input: Int
    let output: Int
    let stride: Int

    /// Whether the shortcut needs a convolution of its own.
    var hasProjection: Bool { stride != 1 || input != output }
  }

  let channels: Int
  let stem: Int
  let stemKernelSize: Int
  let kernelSize: Int
  let blocks: [Block]

  var features: Int { blocks.last?.output ?? stem }

  init(_ configuration: WideResNetConfiguration, channels: Int) {
    self.channels = channels
    stem = configuration.widths[0]
    stemKernelSize = configuration.stemKernelSize
    kernelSize = configuration.kernelSize ?? 3
    var blocks: [Block] = []
    var input = stem
    for (width, stride) in zip(configuration.widths.dropFirst(), [configuration.initialStride, 2, 2]) {
      for position in 0..<configuration.blocksPerStage {
        blocks.append(Block(input: input, output: width, stride: position == 0 ? stride : 1))
        input = width
      }
    }
    self.blocks = blocks
  }

  func parameterCount(classes: Int) -> Int {
    let points = kernelSize * kernelSize
    var count = channels * stem * stemKernelSize * stemKernelSize
    for block in blocks {
      count += 2 * block.input + 2 * block.output + (block.input + block.output) * block.output * points
      if block.hasProjection { count += block.input * block.output }
    }
    return count + 2 * features + (features + 1) * classes
  }

  /// **Throws** `ModelError.tooManyWeights`.
  func checkMemory() throws(ModelError) {
    var memory = ModelMemory()
    let points = kernelSize * kernelSize
    for (index, block) in blocks.enumerated() {
      for input in [block.input, block.output] {
        try memory.add(filter: [block.output, input, points], layer: "block \(index)")
      }
    }
  }
}
