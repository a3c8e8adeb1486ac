internal import EquivariantLayers
internal import Tensors

/// How much a network's output changes when its image is shifted cyclically, as periodic cells may be.
public struct ShiftInvariance: Codable, Hashable, Sendable {
  /// One shift with its error.
  public struct Shift: Codable, Hashable, Sendable {
    /// The pixels downwards.
    public let down: Int
    /// The pixels to the right.
    public let right: Int
    /// The largest absolute change of an output.
    public let maximum: Double
  }

  /// The shifts with their errors.
  public let errors: [Shift]

  /// The largest error.
  public var maximum: Double { errors.map(\.maximum).max() ?? 0 }

  /// Shifts by single pixels, which no stride survives by chance, by powers of two, which some do, and by odd mixtures.
  static let tested = [(0, 1), (1, 0), (1, 1), (2, 0), (0, 2), (3, 5), (4, 4), (8, 0), (7, -9), (-13, 11)]

  /// Measures a function on images.
  init(of function: (GeometricTensor) -> GeometricTensor, on images: GeometricTensor) {
    errors = withoutGradient {
      let still = function(images).tensor
      return Self.tested.map { down, right in
        let moved = function(GeometricTensor(images.tensor.roll([down, right], along: [2, 3]), images.type)).tensor
        let change = (moved - still).abs().max().item()
        return Shift(down: down, right: right, maximum: change.isFinite ? change : .greatestFiniteMagnitude)
      }
    }
  }
}
