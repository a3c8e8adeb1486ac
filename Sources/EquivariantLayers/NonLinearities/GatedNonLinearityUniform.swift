public import Layers
import Symmetry
public import Tensors

/// Multiplies the irreps in the second half of every field by the sigmoids of the scalars in its first half.
///
/// **Shapes**: `[N, C, H, W]` to the same without the gates' channels.
///
/// **Symmetry**: exact for every element, because gates are invariant.
///
/// **Traps**: unless all fields have one representation, in the basis of its irreps, whose first half is trivial.
///
/// **State**: `bias` `[fields, gates]`; standard normal at first.
///
/// **escnn**: `GatedNonLinearityUniform`, where `bias` is `[1, fields, gates]`.
public final class GatedNonLinearityUniform: EquivariantModule {
  /// What is subtracted from each gate of each field.
  public let bias: Parameter

  private let gating: Gating

  /// Creates the layer.
  public init(_ type: FieldType, dtype: DType = .float32, rng: inout Generator) {
    let name = "GatedNonLinearityUniform"
    let representation = type.representations[0]
    let gates = representation.irreps.count / 2
    require(
      type.isUniform && representation.hasIdentityBasis && representation.irreps.count == 2 * gates
        && representation.irreps.prefix(gates).allSatisfy(\.isTrivial), name,
      "\(type) does not consist of equal fields in the basis of irreps whose first half is trivial")
    let irreps = Array(representation.irreps.dropFirst(gates))
    var fields: [Gating.Field] = []
    for (field, channels) in type.channels.enumerated() {
      var start = channels.lowerBound + gates
      for (gate, irrep) in irreps.enumerated() {
        let gateChannel = channels.lowerBound + gate
        fields.append(
          Gating.Field(
            channels: start..<start + irrep.size, gates: gateChannel..<gateChannel + 1, bias: field * gates + gate,
            isGate: false))
        start += irrep.size
      }
    }
    gating = Gating(fields, inputChannels: type.size)
    bias = Parameter(Tensor.randn([type.count, gates], using: &rng).to(dtype))
    let output = Representation.directSum(irreps.map { Representation($0) })
    super.init(from: type, to: FieldType(type.space, type.count * output))
  }

  /// Applies the gates.
  public override func forward(_ input: Tensor) -> Tensor { gating(input, bias: bias.value.flatten()) }

  /// A product of plain branches.
  public override func export() -> Layer { gating.layer(bias: bias.value.detach().flatten()) }
}
