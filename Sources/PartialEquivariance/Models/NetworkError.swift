/// Why a network of continuous group convolutions cannot be built.
public enum NetworkError: Error, Hashable, CustomStringConvertible {
  /// Options of sampling that do not go together.
  case sampling(SamplingError)
  /// A size that is not positive.
  case size(name: String, value: Int)
  /// A kernel of an even number of pixels.
  case evenKernel(Int)
  /// A kernel larger than its padded input.
  case kernelTooLarge(layer: String, kernelSize: Int, side: Int)
  /// Maps of an odd number of pixels, or of one, that are to be halved.
  case poolsAway(layer: String, side: Int)
  /// A block that there is not.
  case noBlock(option: String, block: Int, blocks: Int)
  /// A probability outside of 0..<1.
  case dropout(Double)
  /// Too few layers, or a frequency that is no positive number.
  case kernel(String)
  /// Learned pooling over elements that move.
  case learnedPoolingOfPartial
  /// Options of a residual network in a chain.
  case residualOnly(String)
  /// A loss weight that is negative or no number.
  case weight(name: String, value: Double)

  /// One line with what to change.
  public var description: String {
    switch self {
    case .sampling(let error): "\(error)"
    case .size(let name, let value): "\(name) must be at least 1, found \(value)"
    case .evenKernel(let size): "kernels of \(size) pixels have no center; choose an odd size"
    case .kernelTooLarge(let layer, let kernelSize, let side):
      "\(layer): a kernel of \(kernelSize) pixels does not fit a map of \(side) pixels; choose a smaller kernel, fewer "
        + "poolBlocks or larger images"
    case .poolsAway(let layer, let side):
      "\(layer): a map of \(side) pixel\(side == 1 ? "" : "s") cannot be halved; remove a number from poolBlocks"
    case .noBlock(let option, let block, let blocks):
      "\(option) names block \(block), but there are blocks 1 to \(blocks)"
        + (option == "poolBlocks" ? " (0 is the lifting layer)" : "")
    case .dropout(let value): "dropout must be at least 0 and below 1, found \(value)"
    case .kernel(let problem): "kernel: \(problem)"
    case .learnedPoolingOfPartial:
      "learned pooling has a weight for each group element, but a partial network's elements move; choose the maximum"
    case .residualOnly(let option): "\(option) belongs to ck-resnet; a gcnn ends in a mean"
    case .weight(let name, let value): "\(name) must be a number of at least 0, found \(value)"
    }
  }
}
