public import Layers
import Symmetry
public import Tensors

/// Multiplies every field by the sigmoid of a scalar field, its gate, minus a learned bias.
///
/// **Shapes**: `[N, C, H, W]` to the same without the gates' channels, or with them if they are kept.
///
/// **Symmetry**: exact for every element and every representation, because gates are invariant.
///
/// **Traps**: when gates and gated fields are not equal in number, or a gate is not a scalar.
///
/// **State**: `bias` `[gates]`, in the order of the gates; standard normal at first.
///
/// **Reference**: Weiler, Geiger, Welling, Boomsma, Cohen (2018).
///
/// **escnn**: `GatedNonLinearity1`, where `bias` is `[1, gates, 1, 1]` and gates are dealt to the gated fields in
/// ascending order of size: `pairing: .byAscendingSize`.
public final class GatedNonLinearity1: EquivariantModule {
  /// What is subtracted from each gate.
  public let bias: Parameter

  /// The role of each field.
  public let roles: [GateRole]

  /// Whether the gates are left out of the output.
  public let dropsGates: Bool

  private let gating: Gating

  /// Creates the layer; without roles, the first half of the fields are the gates of the second half.
  public init(
    _ type: FieldType, roles: [GateRole]? = nil, dropsGates: Bool = true, pairing: GatePairing = .inOrder,
    dtype: DType = .float32, rng: inout Generator
  ) {
    let name = "GatedNonLinearity1"
    let roles = Gating.roles(roles, type, name)
    for (role, representation) in zip(roles, type.representations) where role == .gate {
      require(
        representation.isTrivial && representation.size == 1, name,
        "\(representation.name) of \(type) is no scalar, so it cannot be a gate")
    }
    self.roles = roles
    self.dropsGates = dropsGates
    gating = Gating(type, roles: roles, pairing: pairing, keepsGates: !dropsGates, name: name) { $0.size }
    bias = Parameter(Tensor.randn([type.count / 2], using: &rng).to(dtype))
    let output = dropsGates ? type.selecting(roles.indices.filter { roles[$0] == .gated }) : type
    super.init(from: type, to: output)
  }

  /// Applies the gates.
  public override func forward(_ input: Tensor) -> Tensor { gating(input, bias: bias.value) }

  /// A product of plain branches.
  public override func export() -> Layer { gating.layer(bias: bias.value.detach()) }
}
