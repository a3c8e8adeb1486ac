/// Why a network cannot be built as a configuration describes it.
public enum ModelError: Error, Hashable, CustomStringConvertible {
  /// A representation whose values a pointwise nonlinearity would not respect.
  case notPointwise(field: String, group: String)
  /// The feature map would have no pixel left.
  case vanishes(block: Int, side: Int, kernelSize: Int, padding: Int)
  /// No kernel maps the fields of a block to those of the next one.
  case emptyBasis(block: Int, input: String, output: String, kernelSize: Int, cutoff: String)
  /// The kernels between two fields would take too much memory.
  case tooManyKernels(input: String, output: String, group: String, kernelSize: Int, gigabytes: Double)
  /// The weights of a layer, or of all up to it, would take too much memory.
  case tooManyWeights(layer: String, numbers: Double, largest: Double)
  /// The maps of a batch would take more memory than there is.
  case tooManyFeatures(images: Int, gigabytes: Double, available: Double)
  /// A stage of a wide residual network that has no field.
  case tooNarrow(width: Int, group: String)
  /// A band limit that no grid of pixels can carry.
  case cutoffTooHigh(factor: Double, largest: Double)
  /// A pooling window is padded by more than half its size.
  case padsTooMuch(block: Int, kernelSize: Int, padding: Int)
  /// A block's pooling would leave no pixel.
  case poolsAway(block: Int, side: Int, kernelSize: Int, padding: Int)
  /// A step would see one image, of which batch norm cannot take statistics.
  case singleImage(training: Int, batchSize: Int)
  /// A batch whose parts have one image, of which batch norm has no statistics.
  case singleImageParts(images: Int, parts: Int)
  /// A network of continuous group convolutions that does not fit; the text says what to change.
  case partialNetwork(String)
  /// A network whose group turns images needs them square.
  case notSquare(network: String, image: String)
  /// Images of which a network's convolutions and poolings leave nothing.
  case tooSmall(network: String, side: Int, smallest: Int)
  /// Images whose sides are no multiples of a periodic network's strides.
  case unevenStrides(stride: Int, image: String)
  /// A test by random passes of a network that drops nothing.
  case noDropout
  /// A test that compares two classes, on images with more or fewer.
  case notTwoClasses(found: Int)
  /// A network was made for images of another shape than the data have.
  case otherImages(network: String, data: String)
  /// Images are larger than the side they should be padded to.
  case tooLarge(image: [Int], inputSide: Int)

  private static func billions(_ numbers: Double) -> Int { Int((numbers / 1e9).rounded(.up)) }

  /// One line with what to change.
  public var description: String {
    switch self {
    case .notPointwise(let field, let group):
      "field \"\(field)\" of \(group) is not permuted by the group, so ReLU and ELU would break the symmetry; "
        + "use regular, quotient(…) or trivial fields"
    case .vanishes(let block, let side, let kernelSize, let padding):
      "model.blocks.\(block): a kernel of \(kernelSize) pixels with padding \(padding) does not fit a map of \(side) pixels; "
        + "lower kernelSize, raise padding, or pool less before"
    case .emptyBasis(let block, let input, let output, let kernelSize, let cutoff):
      "no steerable kernel of \(kernelSize) pixels with cutoff \(cutoff) maps \(input) to \(output) in block \(block); "
        + (kernelSize.isMultiple(of: 2)
          ? "choose an odd kernelSize" : "raise kernelSize or cutoff, or choose fields with closer frequencies")
    case .tooManyKernels(let input, let output, let group, let kernelSize, let gigabytes):
      "the kernels of \(kernelSize) pixels from \(input) to \(output) of \(group) take \(Int(gigabytes)) GB of memory; "
        + "choose a smaller group, kernel or cutoff"
    case .tooManyWeights(let layer, let numbers, let largest):
      "the weights of \(layer) are \(Self.billions(numbers)) billion numbers, allowed are \(Self.billions(largest)); "
        + "choose fewer fields or channels, or smaller kernels"
    case .tooManyFeatures(let images, let gigabytes, let available):
      "the maps of \(images == 1 ? "one image" : "a batch of \(images) images") take at least "
        + "\(Int(gigabytes.rounded())) GB of memory, and this machine has \(Int(available.rounded())) GB; "
        + (images == 1 ? "" : "lower training.batchSize, or ") + "choose smaller images or fewer fields or channels"
    case .tooNarrow(let width, let group):
      "a stage of width \(width) has no room for a single regular field of \(group); raise widen, choose a smaller "
        + "group, or set fixParameters: true"
    case .cutoffTooHigh(let factor, let largest):
      "the cutoff \(factor) is too high; allowed are factors up to \(largest)"
    case .padsTooMuch(let block, let kernelSize, let padding):
      "model.blocks.\(block).pool: padding \(padding) is more than half the window of \(kernelSize) pixels"
    case .poolsAway(let block, let side, let kernelSize, let padding):
      "model.blocks.\(block).pool: a window of \(kernelSize) pixels with padding \(padding) does not fit a map of \(side) "
        + "pixels; pool less or use larger images"
    case .singleImage(let training, let batchSize):
      "\(training) training images in batches of \(batchSize) leave a batch of one image, and batch norm needs two; "
        + (batchSize == 1 ? "raise training.batchSize" : "change training.batchSize or set training.dropLast: true")
    case .singleImageParts(let images, let parts):
      "a batch of \(images) images in \(parts) parts leaves a part of one image, and batch norm needs two; lower "
        + "training.accumulate, change training.batchSize or set training.dropLast: true"
    case .partialNetwork(let problem): "model: \(problem)"
    case .notSquare(let network, let image): "\(network) needs square images, the data have images of \(image)"
    case .tooSmall(let network, let side, let smallest):
      "\(network) needs images of at least \(smallest) pixels a side, the data have \(side)"
    case .unevenStrides(let stride, let image):
      "the strides of model.blocks are \(stride) together, which does not divide the sides of images of \(image); "
        + "a periodic network needs that"
    case .noDropout:
      "the network has no dropout, so all of its passes are alike; set model.dropout above 0 and train it"
    case .notTwoClasses(let found): "the rotation test compares two classes, the data have \(found)"
    case .otherImages(let network, let data):
      "the network was made for images of \(network), the data have images of \(data) (channels×rows×columns)"
    case .tooLarge(let image, let inputSide):
      "images of \(image[0])x\(image[1]) pixels do not fit model.inputSide: \(inputSide)"
    }
  }
}
