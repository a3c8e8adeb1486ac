public import Layers
import Symmetry
public import Tensors

/// Multiplies the components of every field with each other, and maps the products linearly to a field of the output.
///
/// A field x becomes W vec(x xᵀ), where each field has an intertwiner W of its own from ρ ⊗ ρ to the output's
/// representation. Outputs grow with the square of inputs, so normalize between two such layers.
///
/// **Shapes**: `[N, fields · size, H, W]` to `[N, fields · output size, H, W]`.
///
/// **Symmetry**: exact for every element and every representation.
///
/// **Traps**: when fields are of several kinds, when their number changes, and when no intertwiner leads from the
/// products to the output, as from irrep(1) of SO(2) to irrep(1).
///
/// **Complexity**: size² products for each pixel and field, and as much memory.
///
/// **State**: `weights`, in the order of a convolution of one pixel from the products.
///
/// **Reference**: Kondor, Lin, Trivedi (2018); Thomas et al. (2018).
///
/// **escnn**: `TensorProductModule`, whose basis of intertwiners is ordered otherwise.
public final class TensorProductModule: EquivariantModule {
  /// The map from the products, with kernels of one pixel.
  public let linear: R2Conv

  private let first: ChannelSelection
  private let second: ChannelSelection

  /// The weights have the keys of this module.
  public override class var stateKeys: [String: String] { ["linear": ""] }

  /// Creates the layer; random weights are drawn from `rng`.
  public init(
    from inputType: FieldType, to outputType: FieldType, initialization: WeightInitialization = .generalizedHe,
    dtype: DType = .float32, rng: inout Generator
  ) {
    require(
      inputType.isUniform && outputType.isUniform && inputType.count == outputType.count, "TensorProductModule",
      "\(inputType) and \(outputType) are not equally many fields of one kind each")
    let field = inputType.representations[0]
    linear = R2Conv(
      from: FieldType(inputType.space, inputType.count * field.tensor(field)), to: outputType, kernelSize: 1,
      groups: inputType.count, hasBias: false, initialization: initialization, dtype: dtype, rng: &rng)
    // Product (i, j) is at i · size + j, as in a Kronecker product.
    first = ChannelSelection(inputType.channels.flatMap { own in own.flatMap { i in own.map { _ in i } } })
    second = ChannelSelection(inputType.channels.flatMap { own in own.flatMap { _ in Array(own) } })
    super.init(from: inputType, to: outputType)
  }

  /// Multiplies and maps.
  public override func forward(_ input: Tensor) -> Tensor { linear.forward(first(input) * second(input)) }

  /// A product of two selections of channels, and a plain convolution of one pixel.
  public override func export() -> Layer {
    let channels = inputType.size
    return Sequential([Product(first.layer(of: channels), second.layer(of: channels)), linear.export()])
  }
}
