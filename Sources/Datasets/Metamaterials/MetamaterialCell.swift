public import Homogenization

/// A periodic unit cell with its effective elasticity.
public struct MetamaterialCell: Hashable, Sendable {
  /// The pixels.
  public let cell: UnitCell
  /// The effective tensor.
  public let elasticity: ElasticityTensor
  /// Whether the solid cannot carry every load; see `UnitCell.isBroken`.
  public let isBroken: Bool

  /// Creates a cell with what is known of it.
  public init(cell: UnitCell, elasticity: ElasticityTensor, isBroken: Bool) {
    self.cell = cell
    self.elasticity = elasticity
    self.isBroken = isBroken
  }

  /// Homogenizes a cell and judges its connections.
  ///
  /// **Throws**: `HomogenizationError` if the cell has another size than the homogenizer.
  public init(_ cell: UnitCell, by homogenizer: Homogenizer) throws(HomogenizationError) {
    self.init(cell: cell, elasticity: try homogenizer(cell), isBroken: cell.isBroken)
  }

  /// The nine columns of the published labels: the six components, is_gray, volume fraction, is_broken.
  public var label: [Double] {
    elasticity.components + [cell.isGray ? 1 : 0, cell.volumeFraction, isBroken ? 1 : 0]
  }

  /// The names of the nine columns.
  public static let labelNames = ElasticityTensor.componentNames + ["is_gray", "volfrac", "is_broken"]
}
