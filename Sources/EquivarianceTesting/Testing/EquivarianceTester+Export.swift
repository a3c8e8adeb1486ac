public import EquivariantLayers
import Layers
import Tensors

extension EquivarianceTester {
  /// Compares a module in evaluation mode with the plain layers that it exports.
  public func compareExport(_ module: EquivariantModule) -> ExportComparison {
    module.evaluating {
      withoutGradient {
        let layer = module.export()
        layer.eval()
        let type =
          layer.parameters.first?.parameter.value.dtype ?? module.parameters.first?.parameter.value.dtype ?? .float32
        let input = noise(module.inputType).to(type)
        let (expected, found) = (module(input).tensor, layer(input.tensor))
        let hasEqualShapes = expected.shape == found.shape
        let difference = hasEqualShapes ? Difference(found: found, expected: expected, interior: nil) : nil
        return ExportComparison(
          name: "\(Swift.type(of: module))", outputShape: Array(expected.shape), hasEqualShapes: hasEqualShapes,
          maximum: difference?.maximum ?? .greatestFiniteMagnitude,
          relative: difference?.relative ?? .greatestFiniteMagnitude)
      }
    }
  }
}
