public import EquivariantLayers
import Layers
import Tensors

/// Functions that break the symmetry on purpose; a tester that does not report an error for them is useless.
public enum EquivarianceControl: String, CaseIterable, Codable, Sendable {
  /// A plain convolution with random weights.
  case plainConvolution
  /// The layer's filter moved by one pixel.
  case shiftedKernel
  /// The layer's filter with the sign of its first column of pixels changed.
  case wrongSign

  /// The broken version of a convolution, whose kernel must have at least 3 pixels along an edge.
  public func function(of layer: R2Conv, seed: UInt64 = 0) -> (GeometricTensor) -> GeometricTensor {
    require(
      layer.kernelSize >= 3, "EquivarianceControl", "a kernel of \(layer.kernelSize) pixels is too small to break")
    return { input in
      let filter = broken(layer.expandFilter().detach(), seed: seed).to(input.dtype)
      let output = input.tensor.conv2d(
        filter, bias: nil, stride: layer.stride, padding: layer.padding, dilation: layer.dilation, groups: layer.groups)
      return GeometricTensor(output, layer.outputType)
    }
  }

  private func broken(_ filter: Tensor, seed: UInt64) -> Tensor {
    switch self {
    case .plainConvolution:
      var rng = Generator(seed: seed)
      return Tensor.randn(filter.shape, using: &rng, dtype: .float64).to(filter.dtype)
    case .shiftedKernel:
      return filter.roll([1], along: [3])
    case .wrongSign:
      let rest = filter.narrow(3, start: 1, length: filter.shape[3] - 1)
      return Tensor.concatenated([-filter.narrow(3, start: 0, length: 1), rest], along: 3)
    }
  }
}
