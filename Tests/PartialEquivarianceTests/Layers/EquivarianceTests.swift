import Layers
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

/// f(g · x) = g · f(x) for elements that map the pixel grid and the sampled elements to themselves.
@Suite struct EquivarianceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let group: Group
    let count: Int
    let size: Int
    let kind: ContinuousKernel.Kind
    var angle = ContinuousKernel.Angle.interval
    var testDescription: String { "\(group) with \(count) elements, \(kind) of \(size) pixels, angles on a \(angle)" }
  }

  static let cases: [Case] = [
    (Group.so2, 4), (.so2, 8), (.so2, 12), (.o2, 8), (.o2, 16),
  ].flatMap { group, count in
    [3, 7].flatMap { size in
      [(ContinuousKernel.Kind.siren, ContinuousKernel.Angle.interval), (.magnet, .interval), (.siren, .circle)].map {
        Case(group: group, count: count, size: size, kind: $0, angle: $1)
      }
    }
  }

  static func layers(_ test: Case) -> (LiftingConvolution, GroupConvolution) {
    var rng = Generator(seed: 21)
    let sampling = GroupSampling(test.group, count: test.count)
    let kernel = ContinuousKernel(test.kind, hidden: 16, angle: test.angle)
    let lift = LiftingConvolution(
      from: 2, to: 3, sampling: sampling, kernel: kernel, kernelSize: test.size, rng: &rng)
    let conv = GroupConvolution(from: 3, to: 4, sampling: sampling, kernel: kernel, kernelSize: test.size, rng: &rng)
    return (lift, conv)
  }

  @Test(arguments: cases) func convolutionsCommuteWithTheGroup(_ test: Case) {
    for (dtype, tolerance) in [(DType.float32, 1e-5), (.float64, 1e-9)] {
      let (lift, conv) = Self.layers(test)
      lift.to(dtype)
      conv.to(dtype)
      let x = images([2, 2, 10, 10], dtype: dtype)
      withoutGradient {
        let lifted = lift(x)
        let y = conv(lifted)
        let scale = max(1, magnitude(y.tensor))
        for element in latticeElements(of: test.group) {
          let turned = lift(movedImages(x, by: element, in: test.group))
          #expect(
            difference(turned.tensor, moved(lifted, by: element).tensor) < tolerance * max(1, magnitude(lifted.tensor)))
          #expect(difference(conv(turned).tensor, moved(y, by: element).tensor) < tolerance * scale)
        }
        // A negative control: turning positions alone is not what the layer does.
        let element = latticeElements(of: test.group)[1]
        let wrong = movedImages(
          y.tensor, by: element, in: test.group)
        #expect(difference(conv(lift(movedImages(x, by: element, in: test.group))).tensor, wrong) > 1e-2)
      }
    }
  }

  /// The permutations that were measured on the original, in its order of elements.
  ///
  /// Rotations there are clockwise as seen, so its element j is the rotation by -j here, and its reflections are in the
  /// same order.
  @Test func elementsPermuteAsInTheOriginal() {
    func order(_ count: Int, _ reflections: Bool) -> [Int] {
      let rotations = reflections ? count / 2 : count
      return (0..<rotations).map { (rotations - $0) % rotations } + (reflections ? Array(rotations..<count) : [])
    }
    func permutation(_ group: Group, _ count: Int, _ element: GroupElement) -> [Int] {
      let (lift, _) = Self.layers(Case(group: group, count: count, size: 7, kind: .siren))
      return withoutGradient {
        let x = images([1, 2, 9, 9])
        // Images are moved back after the layer, so that only the elements' order differs.
        let y = lift(x).separated
        let turned = lift(movedImages(x, by: element, in: group)).separated
        let order = order(count, group.hasReflections)
        return order.map { target in
          let map = turned.select(2, index: target)
          let source = (0..<count).first { candidate in
            difference(movedImages(y.select(2, index: candidate), by: element, in: group), map) < 1e-5
          }
          return source.flatMap { order.firstIndex(of: $0) } ?? -1
        }
      }
    }
    let quarter = Group.so2.element(angle: .pi / 2)
    #expect(permutation(.so2, 4, quarter) == [1, 2, 3, 0])
    let o2 = Group.o2
    #expect(permutation(.o2, 8, o2.element(angle: .pi / 2)) == [1, 2, 3, 0, 7, 4, 5, 6])
    #expect(permutation(.o2, 8, o2.element(angle: 0, reflected: true)) == [4, 5, 6, 7, 0, 1, 2, 3])
    #expect(permutation(.o2, 8, o2.element(angle: .pi, reflected: true)) == [6, 7, 4, 5, 2, 3, 0, 1])
  }

  /// A partial layer keeps the symmetry for what its support maps to itself, and breaks it otherwise.
  @Test func partialLayersAreEquivariantInTheirSupportOnly() {
    var rng = Generator(seed: 22)
    let sampling = GroupSampling(.so2, count: 8, method: .random, perLayer: true)
    let kernel = ContinuousKernel(.siren, hidden: 16)
    let lift = LiftingConvolution(from: 1, to: 4, sampling: sampling, kernel: kernel, kernelSize: 7, rng: &rng)
    let conv = GroupConvolution(
      from: 4, to: 4, sampling: sampling, isPartial: true, kernel: kernel, kernelSize: 7, rng: &rng)
    lift.eval()
    conv.eval()
    let x = images([1, 1, 12, 12])
    let quarter = Group.so2.element(angle: .pi / 2)
    func pooled(_ x: Tensor) -> Tensor { withoutGradient { conv(lift(x)).separated.max(along: [2, 3, 4]) } }
    func change() -> Double { difference(pooled(x), pooled(movedImages(x, by: quarter, in: .so2))) }
    #expect(change() < 1e-5, "the whole group")
    conv.sampler.support?.update { $0 * 0.25 }
    #expect(change() > 1e-2, "a quarter of the group does not hold a quarter turn")
    // Within the support: what is computed at g for an image is computed at h·g for the image turned by h.
    let (low, high) = (Group.so2.element(angle: 0), Group.so2.element(angle: .pi / 2))
    withoutGradient {
      let y = conv(lift(x), onto: GroupSamples([low], of: .so2)).tensor
      let turned = conv(lift(movedImages(x, by: quarter, in: .so2)), onto: GroupSamples([high], of: .so2)).tensor
      #expect(difference(movedImages(y, by: quarter, in: .so2), turned) < 1e-5)
    }
  }

  /// A learned support with two elements a quarter turn apart: the maximum over them is kept for images whose response
  /// lies in both, and the layer's outputs move from one element to the other.
  @Test func outputsMoveWithinASupport() {
    var rng = Generator(seed: 23)
    let sampling = GroupSampling(.so2, count: 4)
    let conv = GroupConvolution(
      from: 2, to: 2, sampling: sampling, kernel: ContinuousKernel(hidden: 8), kernelSize: 5, rng: &rng)
    let full = GroupSamples.grid(4, of: .so2)
    let pair = GroupSamples([0, .pi / 2].map { Group.so2.element(angle: $0) }, of: .so2)
    let x = GroupFeatures(images([1, 8, 9, 9]), full)
    let quarter = Group.so2.element(angle: .pi / 2)
    withoutGradient {
      let y = conv(x, onto: pair).separated
      let turned = conv(moved(x, by: quarter), onto: pair).separated
      let kept = movedImages(y.select(2, index: 0), by: quarter, in: .so2)
      #expect(difference(kept, turned.select(2, index: 1)) < 1e-5)
      let lost = movedImages(y.select(2, index: 1), by: quarter, in: .so2)
      #expect(difference(lost, turned.select(2, index: 0)) > 1e-2)
    }
  }
}
