import EquivariantLayers
import Homogenization
import Symmetry
import Tensors

/// The symmetries of the square as the networks have them, for unit cells.
enum GSpaceLaw {
  static let space = GSpace.dihedral(4)

  /// A cell moved as an image of a network's input is.
  static func moved(_ cell: UnitCell, by element: GroupElement) throws -> UnitCell {
    let image = Tensor(cell.densities, shape: [1, 1, cell.height, cell.width], dtype: .float64)
    let moved = GeometricTensor(image, FieldType(space, space.trivial)).transformed(by: element).tensor
    return try UnitCell(height: cell.height, width: cell.width, densities: moved.contiguous().scalars(as: Double.self))
  }
}
