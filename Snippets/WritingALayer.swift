// The module of the article "Writing a layer", and its proof.
import EquivarianceTesting
import Steerable

/// The square of every value.
///
/// **Symmetry**: exact on the grid, on fields that the group permutes.
public final class Square: EquivariantModule {
  public init(_ type: FieldType) { super.init(from: type, to: type) }
  public override func forward(_ input: Tensor) -> Tensor { input * input }
}

let plane = GSpace.dihedral(4)
let type = FieldType(plane, 2 * plane.regular)
let report = EquivarianceTester(size: 15).report(Square(type))
precondition(report.isLatticeExact())
print(report)
