internal import Symmetry

/// The sizes and parts of a network of continuous group convolutions.
///
/// **Reference**: Romero and Lohit (2022), appendix on experiments.
public struct NetworkOptions: Hashable, Sendable {
  /// The networks.
  public enum Architecture: String, Codable, CaseIterable, Sendable {
    /// Residual blocks of two convolutions with instance norms, and a last convolution over all that is left.
    case ckResNet = "ck-resnet"
    /// A chain of convolutions.
    case gcnn
  }

  /// What turns the last feature maps into one number a field.
  public enum Pooling: Hashable, Sendable {
    /// The maximum over elements and positions.
    case maximum
    /// A learned weighted sum over elements and positions; not for partial networks, whose elements move.
    case learned
  }

  /// The edge of the kernels.
  public enum KernelSize: Hashable, Sendable {
    /// In pixels, odd.
    case pixels(Int)
    /// As wide as the layer's input, or one less to be odd.
    case same
    /// Twice the width of the layer's input less one, so that every pixel reaches every other.
    case full

    /// The number of pixels for an input of a given width.
    public func pixels(width: Int) -> Int {
      switch self {
      case .pixels(let size): size
      case .same: width - (width + 1) % 2
      case .full: 2 * width - 1
      }
    }
  }

  /// The network.
  public var architecture: Architecture
  /// The fields of the first layer.
  public var hidden: Int
  /// For each block the factor that multiplies `hidden`; its length is the number of blocks.
  public var widths: [Double]
  /// The blocks (from 1) after which maps are pooled 2 × 2; 0 is the lifting layer.
  public var poolBlocks: [Int]
  /// The blocks (from 1) of a chain after which fields are dropped.
  public var dropoutBlocks: [Int]
  /// The probability of dropout, inside residual blocks or after `dropoutBlocks`.
  public var dropout: Double
  /// The norm after each block.
  public var norm: GroupNormalization.Kind
  /// The group and how its elements are chosen.
  public var sampling: GroupSampling
  /// Whether layers learn on which elements they live.
  public var isPartial: Bool
  /// The kernels.
  public var kernel: ContinuousKernel
  /// The edge of the kernels.
  public var kernelSize: KernelSize
  /// What surrounds the images, except in the last convolution, which has nothing around.
  public var padding: ConvolutionPadding
  /// Whether convolutions have biases.
  public var hasBias: Bool
  /// The elements of the last convolution's output.
  public var lastOutputs: GroupConvolution.Outputs
  /// What turns the last feature maps into one number a field.
  public var pooling: Pooling
  /// The weight of the norms of all generated kernels in the loss.
  public var kernelNormWeight: Double
  /// The weight in the loss of supports that grow from layer to layer.
  public var monotonicityWeight: Double

  /// Creates options; the defaults are those of the paper's small residual network.
  public init(
    _ architecture: Architecture = .ckResNet, hidden: Int = 32, widths: [Double] = [1, 2], poolBlocks: [Int] = [1, 2],
    dropoutBlocks: [Int] = [], dropout: Double = 0, norm: GroupNormalization.Kind = .batch, sampling: GroupSampling,
    isPartial: Bool = false, kernel: ContinuousKernel = .init(), kernelSize: KernelSize = .pixels(7),
    padding: ConvolutionPadding = .same, hasBias: Bool = true, lastOutputs: GroupConvolution.Outputs = .sampled,
    pooling: Pooling = .maximum, kernelNormWeight: Double = 0, monotonicityWeight: Double = 0
  ) {
    self.architecture = architecture
    self.hidden = hidden
    self.widths = widths
    self.poolBlocks = poolBlocks
    self.dropoutBlocks = dropoutBlocks
    self.dropout = dropout
    self.norm = norm
    self.sampling = sampling
    self.isPartial = isPartial
    self.kernel = kernel
    self.kernelSize = kernelSize
    self.padding = padding
    self.hasBias = hasBias
    self.lastOutputs = lastOutputs
    self.pooling = pooling
    self.kernelNormWeight = kernelNormWeight
    self.monotonicityWeight = monotonicityWeight
  }

  /// The fields of each block.
  var blockChannels: [Int] { widths.map { max(1, Int((Double(hidden) * $0).rounded())) } }

  /// The same network over one element, without anything learned about the group: an ordinary network.
  public var overTranslations: NetworkOptions {
    var copy = self
    copy.sampling = GroupSampling(.so2, count: 1)
    copy.isPartial = false
    return copy
  }
}
