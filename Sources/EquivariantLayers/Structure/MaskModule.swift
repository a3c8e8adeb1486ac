import Foundation
public import Layers
public import Tensors

/// Fades images out outside of the largest disc that fits in them.
///
/// **Shapes**: `[N, C, size, size]` to the same.
///
/// **Symmetry**: exact on the pixel grid, for every representation; for other elements it removes the corners, which
/// rotations would
/// move out of the image.
///
/// **Traps**: when the image has another size.
///
/// **State**: none; the mask follows from the size.
///
/// **escnn**: `MaskModule`.
public final class MaskModule: EquivariantModule {
  /// The edge of the image in pixels.
  public let size: Int

  /// The share of the radius, in percent, that is left out besides.
  public let margin: Double

  /// The width of the fading edge.
  public let sigma: Double

  private let mask: Buffer

  /// Creates the layer for square images of an edge.
  public init(_ type: FieldType, size: Int, margin: Double = 0, sigma: Double = 2) {
    self.size = size
    self.margin = margin
    self.sigma = sigma
    require(
      size >= 1 && (0...100).contains(margin) && sigma > 0, "MaskModule",
      "size \(size), margin \(margin) %, and sigma \(sigma) make no mask")
    mask = Buffer(
      Tensor(Self.values(size: size, margin: margin, sigma: sigma), shape: [1, 1, size, size], dtype: .float64),
      isPersistent: false)
    super.init(from: type, to: type)
  }

  private static func values(size: Int, margin: Double, sigma: Double) -> [Double] {
    let center = Double(size - 1) / 2
    let radius = center - margin * center / 100
    let threshold = radius * radius
    var values: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        let (x, y) = (Double(column) - center, Double(row) - center)
        let squared = x * x + y * y
        // Rounded once, so that the layer and its export hold the same numbers in every precision.
        values.append(squared <= threshold ? 1 : Double(Float(exp((threshold - squared) / (sigma * sigma)))))
      }
    }
    return values
  }

  /// Multiplies by the mask.
  public override func forward(_ input: Tensor) -> Tensor {
    _ = evaluateOutputShape(input.shape)
    return input * mask.value.to(input.dtype)
  }

  /// The input's shape.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    require(
      shape[2] == size && shape[3] == size, name, "images of shape \(shape) do not have \(size) × \(size) pixels")
    return shape
  }

  /// A plain product with the mask.
  public override func export() -> Layer { Multiply(mask.value.to(.float32)) }

  /// Adds the size to the printed line.
  public override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("size", size)
    if margin != 0 { description.add("margin", margin) }
  }
}
