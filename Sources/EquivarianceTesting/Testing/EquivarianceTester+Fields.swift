public import EquivariantLayers
import Layers
public import Tensors

extension EquivarianceTester {
  /// The shape of the images for a type.
  public func inputShape(_ type: FieldType) -> Shape { [batch, type.size, height, width] }

  /// White noise, for elements that map the pixel grid to itself.
  public func noise(_ type: FieldType) -> GeometricTensor {
    var rng = Generator(seed: seed)
    return GeometricTensor(Tensor.randn(inputShape(type), using: &rng, dtype: .float64).to(dtype), type)
  }

  /// Smooth noise of variance 1, for elements that resample.
  public func smoothFields(_ type: FieldType) -> GeometricTensor {
    guard smoothness > 0 else { return noise(type) }
    var rng = Generator(seed: seed &+ 1)
    let filter = GaussianFilter(sigma: smoothness, extent: 4)
    // Noise beyond the border keeps the smoothed field's variance the same everywhere.
    let pad = filter.size / 2
    let random = Tensor.randn(
      [batch, type.size, height + 2 * pad, width + 2 * pad], using: &rng, dtype: .float64)
    let scale = 1 / filter.weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let smooth = filter(random, stride: 1, padding: [0, 0]) * scale
    return GeometricTensor(smooth.to(dtype), type)
  }

  /// Runs a closure while a module has this tester's type of numbers and is in evaluation mode.
  func converted<Result>(_ module: EquivariantModule, _ body: () -> Result) -> Result {
    let original = module.floatingPointType ?? dtype
    if original != dtype { module.to(dtype) }
    defer { if original != dtype { module.to(original) } }
    return module.evaluating(body)
  }
}

extension Module {
  /// The type of the first floating-point parameter or buffer.
  fileprivate var floatingPointType: DType? {
    let types =
      parameters.map(\.parameter.value.dtype) + buffers.filter(\.buffer.isPersistent).map(\.buffer.value.dtype)
    return types.first { $0.isFloatingPoint }
  }
}
