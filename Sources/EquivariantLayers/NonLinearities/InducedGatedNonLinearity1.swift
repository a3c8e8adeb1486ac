public import Layers
import Symmetry
public import Tensors

/// Multiplies every sub-field of induced fields by the sigmoid of a gate of its own minus a learned bias.
///
/// The gates of a field are a field themselves, of a representation that permutes its channels as the group permutes
/// the sub-fields: the quotient representation of the same subgroup.
///
/// **Shapes**: `[N, C, H, W]` to the same without the gates' channels, or with them if they are kept.
///
/// **Symmetry**: exact for every element, because gates move with their sub-fields.
///
/// **Traps**: when gates and gated fields are not equal in number, a field is not induced, or its gates are moved in
/// another way than its sub-fields.
///
/// **State**: `bias` `[gates]`, one for each gate field, in order; standard normal at first.
///
/// **escnn**: `InducedGatedNonLinearity1`, where `bias` is `[1, gates, 1, 1, 1]`. It compares only the sizes of gates
/// and fields; here gates of another subgroup are an error.
public final class InducedGatedNonLinearity1: EquivariantModule {
  /// What is subtracted from the gates of each gate field.
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
    let name = "InducedGatedNonLinearity1"
    let roles = Gating.roles(roles, type, name)
    for (role, representation) in zip(roles, type.representations) {
      switch role {
      case .gate:
        require(
          representation.capabilities.contains(.inducedGate), name,
          "\(representation.name) of \(type) is no quotient representation, so it cannot hold gates of sub-fields")
      case .gated:
        require(
          Subfields.gatedSize(representation) != nil, name,
          "\(representation.name) of \(type) is not induced, or in two ways, so its sub-fields cannot have gates")
      }
    }
    self.roles = roles
    self.dropsGates = dropsGates
    gating = Gating(type, roles: roles, pairing: pairing, keepsGates: !dropsGates, name: name) {
      Subfields.gatedSize($0) ?? $0.size
    }
    bias = Parameter(Tensor.randn([type.count / 2], using: &rng).to(dtype))
    let output = dropsGates ? type.selecting(roles.indices.filter { roles[$0] == .gated }) : type
    super.init(from: type, to: output)
  }

  /// Applies the gates.
  public override func forward(_ input: Tensor) -> Tensor { gating(input, bias: bias.value) }

  /// A product of plain branches.
  public override func export() -> Layer { gating.layer(bias: bias.value.detach()) }
}
