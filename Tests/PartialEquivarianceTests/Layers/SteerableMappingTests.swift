import EquivariantLayers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

/// A full network on the N samples of a finite subgroup is a network of regular fields: same channels, same order, and its
/// weights satisfy the constraint of steerable kernels.
@Suite struct SteerableMappingTests {
  private func check(_ space: GSpace, _ group: Group, _ count: Int) {
    var rng = Generator(seed: 41)
    let sampling = GroupSampling(group, count: count)
    let kernel = ContinuousKernel(.siren, hidden: 16)
    let lift = LiftingConvolution(from: 1, to: 2, sampling: sampling, kernel: kernel, kernelSize: 5, rng: &rng)
    let conv = GroupConvolution(from: 2, to: 3, sampling: sampling, kernel: kernel, kernelSize: 5, rng: &rng)
    let image = FieldType(space, [space.trivial])
    let hidden = FieldType(space, Array(repeating: space.regular, count: 2))
    let output = FieldType(space, Array(repeating: space.regular, count: 3))
    withoutGradient {
      let x = GeometricTensor(images([2, 1, 9, 9]), image)
      let samples = GroupSamples.grid(count, of: group)
      let fields = GeometricTensor(lift(x.tensor).tensor, hidden)
      let result = GeometricTensor(conv(GroupFeatures(fields.tensor, samples)).tensor, output)
      #expect(result.tensor.shape[1] == output.size)
      for element in space.latticeElements {
        let turned = lift(x.transformed(by: element).tensor)
        #expect(difference(turned.tensor, fields.transformed(by: element).tensor) < 1e-5)
        let moved = conv(GroupFeatures(fields.transformed(by: element).tensor, samples)).tensor
        #expect(difference(moved, result.transformed(by: element).tensor) < 1e-5)
      }
    }
  }

  @Test(arguments: [4, 8]) func rotations(_ count: Int) { check(.rotations(count), .so2, count) }

  @Test(arguments: [4, 8]) func rotationsAndReflections(_ rotations: Int) {
    check(.dihedral(rotations), .o2, 2 * rotations)
  }
}
