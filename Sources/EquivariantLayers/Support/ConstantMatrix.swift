import Layers
package import Symmetry
package import Tensors

/// A matrix that is known exactly, as a tensor of any type on any device.
package final class ConstantMatrix: SelfContained {
  package let matrix: Matrix
  private var tensors: [Key: Tensor] = [:]

  private struct Key: Hashable {
    let dtype: DType
    let device: Device
  }

  package init(_ matrix: Matrix) { self.matrix = matrix }

  /// The matrix rounded to a type.
  package func tensor(_ dtype: DType, _ device: Device) -> Tensor {
    let key = Key(dtype: dtype, device: device)
    if let known = tensors[key] { return known }
    let tensor = Tensor(matrix.values, shape: [matrix.rows, matrix.columns], dtype: dtype, device: device)
    tensors[key] = tensor
    return tensor
  }
}
