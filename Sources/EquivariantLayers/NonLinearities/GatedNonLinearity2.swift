public import Layers
import Symmetry
public import Tensors

/// Multiplies every field of one tensor by the sigmoid of a scalar field of another one minus a learned bias.
///
/// As a module it reads both tensors joined, the gates first.
///
/// **Shapes**: `[N, gates, H, W]` and `[N, C, H, W]` to `[N, C, H, W]`.
///
/// **Symmetry**: exact for every element and every representation, because gates are invariant.
///
/// **Traps**: when gates and gated fields are not equal in number, on different spaces, or a gate is not a scalar.
///
/// **State**: `bias` `[gates]`, in the order of the gates; standard normal at first.
///
/// **escnn**: `GatedNonLinearity2`; see `GatedNonLinearity1` for the differences.
public final class GatedNonLinearity2: EquivariantModule {
  /// What is subtracted from each gate.
  public let bias: Parameter

  /// The type of the gates.
  public let gatesType: FieldType

  private let gating: Gating

  /// Creates the layer.
  public init(
    gates: FieldType, features: FieldType, pairing: GatePairing = .inOrder, dtype: DType = .float32,
    rng: inout Generator
  ) {
    let name = "GatedNonLinearity2"
    require(
      gates.count == features.count, name,
      "\(gates.count) gates in \(gates) for \(features.count) fields in \(features)")
    for representation in gates.distinctRepresentations {
      require(
        representation.isTrivial && representation.size == 1, name,
        "\(representation.name) of \(gates) is no scalar, so it cannot be a gate")
    }
    gatesType = gates
    let joined = gates + features
    let roles = Gating.roles(nil, joined, name)
    gating = Gating(joined, roles: roles, pairing: pairing, keepsGates: false, name: name) { $0.size }
    bias = Parameter(Tensor.randn([gates.count], using: &rng).to(dtype))
    super.init(from: joined, to: features)
  }

  /// Multiplies the features by their gates.
  ///
  /// **Symmetry**: exact for every element.
  ///
  /// **Traps**: when a tensor has another type.
  public func callAsFunction(gates: GeometricTensor, features: GeometricTensor) -> GeometricTensor {
    self(GeometricTensor.directSum([gates, features]))
  }

  /// Applies the gates, which come before the features.
  public override func forward(_ input: Tensor) -> Tensor { gating(input, bias: bias.value) }

  /// A product of plain branches that reads gates and features joined.
  public override func export() -> Layer { gating.layer(bias: bias.value.detach()) }
}
