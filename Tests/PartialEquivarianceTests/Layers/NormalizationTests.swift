import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

/// Norms over a field's elements equal those of PyTorch on tensors with an axis for the group.
@Suite struct NormalizationTests {
  let samples = GroupSamples.grid(4, of: .so2)
  var x: GroupFeatures { GroupFeatures(images([3, 12, 5, 5]) * 2 + 0.5, samples) }

  @Test func batchNormIsThatOfVolumes() {
    let norm = GroupBatchNorm(3)
    let expected = BatchNorm3D(3)
    for layer in [norm.weight, expected.weight] { layer?.update { $0 * 1.5 } }
    #expect(difference(norm(x).separated, expected(x.separated)) < 1e-5)
    #expect(difference(norm.runningMean.value, expected.runningMean?.value ?? Tensor(0)) < 1e-6)
    #expect(difference(norm.runningVariance.value, expected.runningVariance?.value ?? Tensor(0)) < 1e-5)
    norm.eval()
    expected.eval()
    #expect(difference(norm(x).separated, expected(x.separated)) < 1e-5)
    #expect(difference(norm.export(count: 4).evaluated(x.tensor), norm(x).tensor) < 1e-5)
  }

  @Test func layerNormIsThatOfOneGroup() {
    let norm = GroupLayerNorm(3)
    norm.weight.update { Tensor([1, 2, 3], shape: [3], dtype: $0.dtype) }
    let expected = x.separated.groupNorm(groups: 1, weight: norm.weight.value, bias: norm.bias.value, epsilon: 1e-12)
    #expect(difference(norm(x).separated, expected) < 1e-5)
    #expect(difference(norm.export(count: 4).evaluated(x.tensor), norm(x).tensor) < 1e-5)
  }

  @Test func instanceNormIsThatOfVolumes() {
    let norm = GroupInstanceNorm(3)
    #expect(difference(norm(x).separated, x.separated.instanceNorm(epsilon: 1e-5)) < 1e-5)
    #expect(difference(norm.export(count: 4).evaluated(x.tensor), norm(x).tensor) < 1e-5)
  }
}

extension Layer {
  fileprivate func evaluated(_ x: Tensor) -> Tensor { evaluating { self(x) } }
}
