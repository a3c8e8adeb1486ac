public import Tensors

/// The common part of `Conv1D`, `Conv2D`, `Conv3D` and their transposes.
///
/// **Symmetry**: translations, exactly for circular padding and away from the border otherwise (strides permitting).
public class ConvolutionLayer: Layer, Convolution {
  /// The options of a convolution, one number for each spatial axis.
  struct Options {
    var axes: Int
    var stride: [Int]
    var padding: [Int]
    var paddingMode: PaddingMode
    var dilation: [Int]
    var groups: Int
    var outputPadding: [Int]
    var isTransposed = false
  }

  /// The kernel, `[outChannels, inChannels / groups, …]`; with the first two exchanged for transposed convolutions.
  public final let weight: Parameter
  /// The bias, if the layer has one.
  public final let bias: Parameter?

  /// The step between outputs along each spatial axis.
  public final var stride: [Int] { options.stride }
  /// The padding on both sides of each spatial axis.
  public final var padding: [Int] { options.padding }
  /// What the padding holds.
  public final var paddingMode: PaddingMode { options.paddingMode }
  /// The distance between the kernel's pixels along each spatial axis.
  public final var dilation: [Int] { options.dilation }
  /// How many groups of channels are convolved apart.
  public final var groups: Int { options.groups }

  final let options: Options

  required init(weight: Tensor, bias: Tensor?, options: Options) {
    let name = "\(Self.self)"
    guard weight.rank == options.axes + 2 else {
      Torch.fail(op: name, "needs a weight with \(options.axes) spatial axes, got \(weight.shape)")
    }
    let outChannels = options.isTransposed ? weight.shape[1] * options.groups : weight.shape[0]
    guard options.groups > 0, weight.shape[0] % options.groups == 0 else {
      Torch.fail(op: name, "\(options.groups) groups do not divide \(weight.shape[0]) channels")
    }
    if let bias, bias.shape != [outChannels] {
      Torch.fail(op: name, "bias must be [\(outChannels)], got \(bias.shape)")
    }
    self.weight = Parameter(weight)
    self.bias = bias.map { Parameter($0) }
    self.options = options
  }

  /// The number of spatial axes.
  public final var axes: Int { options.axes }
  /// The size of the kernel along each spatial axis.
  public final var kernelSize: [Int] { Array(weight.shape.dropFirst(2)) }
  /// The number of channels of the input.
  public final var inChannels: Int { options.isTransposed ? weight.shape[0] : weight.shape[1] * groups }
  /// The number of channels of the output.
  public final var outChannels: Int { options.isTransposed ? weight.shape[1] * groups : weight.shape[0] }

  /// A layer of the same class and options with copies of other tensors.
  final func replacing(weight: Tensor, bias: Tensor?) -> Self { Self(weight: weight, bias: bias, options: options) }

  /// A layer with the same options and copies of the parameters.
  public override func copy() -> Layer { replacing(weight: weight.value, bias: bias?.value) }

  /// Adds the sizes and the options that differ from the usual.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("from", inChannels)
    description.add("to", outChannels)
    description.add("kernelSize", extentText(kernelSize))
    if stride.contains(where: { $0 != 1 }) { description.add("stride", extentText(stride)) }
    if padding.contains(where: { $0 != 0 }) { description.add("padding", extentText(padding)) }
    if paddingMode != .zeros { description.add("paddingMode", ".\(paddingMode)") }
    if dilation.contains(where: { $0 != 1 }) { description.add("dilation", extentText(dilation)) }
    if groups != 1 { description.add("groups", groups) }
    if bias == nil { description.add("hasBias", false) }
  }

  final var layout: String { "[N, C, " + ["L", "H, W", "D, H, W"][axes - 1] + "]" }

  final func check(_ shape: Shape) { checkInput(shape, ranks: [axes + 2], channels: inChannels, layout: layout) }

  /// The first values of the weight and the bias.
  static func initialize(
    _ shape: Shape, biasCount: Int?, weightInitializer: Initializer, biasInitializer: Initializer?, dtype: DType,
    rng: inout Generator
  ) -> (weight: Tensor, bias: Tensor?) {
    guard shape.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "\(Self.self)", "needs positive sizes and groups that divide the channels, got a weight \(shape)")
    }
    let weight = weightInitializer(shape, dtype: dtype, using: &rng)
    guard let biasCount else { return (weight, nil) }
    let fanIn = shape.dropFirst().reduce(1, *)
    let bias = (biasInitializer ?? .torchDefaultBias(fanIn: fanIn))([biasCount], dtype: dtype, using: &rng)
    return (weight, bias)
  }
}
