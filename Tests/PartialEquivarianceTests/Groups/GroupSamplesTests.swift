import PartialEquivariance
import Symmetry
import Tensors
import Testing

@Suite struct GroupSamplesTests {
  static func random(_ group: Group, _ count: Int, seed: UInt64) -> [GroupElement] {
    var rng = Generator(seed: seed)
    return (0..<count).map { _ in group.randomElement(using: &rng) }
  }

  /// Relative elements are those that `Symmetry` computes, for all pairs.
  @Test(arguments: [Group.so2, .o2]) func relativeElementsAreProducts(_ group: Group) {
    let inputs = Self.random(group, 7, seed: 1)
    let outputs = Self.random(group, 5, seed: 2)
    let relative = GroupSamples(inputs, of: group).relative(to: GroupSamples(outputs, of: group))
    for (o, output) in outputs.enumerated() {
      for (i, input) in inputs.enumerated() {
        let expected = group.product(group.inverse(output), input)
        let angle = relative.angles[0, o, i].item()
        let gap = abs(angle - expected.angle(in: group))
        #expect(min(gap, 2 * .pi - gap) < 1e-12)
        #expect((relative.signs.map { $0[0, o, i].item() < 0 } ?? false) == expected.isReflected)
      }
    }
  }

  /// The action on points is the matrix of `Symmetry`, with the mirror that swaps left and right.
  @Test(arguments: [Group.so2, .o2]) func pointsMoveByTheMatrixOfTheInverse(_ group: Group) {
    let elements = Self.random(group, 9, seed: 3)
    let points = images([2, 6], dtype: .float64)
    let (x, y) = GroupSamples(elements, of: group).inverseAction(on: points)
    for (index, element) in elements.enumerated() {
      let matrix = group.planarAction(of: group.inverse(element))
      for point in 0..<6 {
        let (px, py) = (points[0, point].item(), points[1, point].item())
        #expect(abs(x[0, index, point].item() - matrix[0, 0] * px - matrix[0, 1] * py) < 1e-12)
        #expect(abs(y[0, index, point].item() - matrix[1, 0] * px - matrix[1, 1] * py) < 1e-12)
      }
    }
  }

  /// Rounding must not push the identity to the other side of the seam.
  @Test(arguments: [1, 3, 5, 7, 8, 12, 16]) func equalElementsAreTheIdentityApart(_ count: Int) {
    let grid = GroupSamples.grid(count, of: .so2)
    let relative = grid.relative(to: grid)
    for index in 0..<count { #expect(abs(relative.angles[0, index, index].item()) < 1e-8) }
    #expect(relative.angles.max().item() < 2 * .pi - 0.1)
    #expect(relative.angles.min().item() > -1e-8)
  }

  @Test func gridsAreThoseOfFiniteGroups() {
    #expect(
      GroupSamples.grid(8, of: .so2).elements().map { $0.angle(in: .so2) }
        == Group.cyclic(8).elements.map { $0.angle(in: .cyclic(8)) })
    let dihedral = Group.dihedral(4)
    let elements = GroupSamples.grid(8, of: .o2).elements()
    for (element, expected) in zip(elements, dihedral.elements) {
      #expect(element.isReflected == expected.isReflected)
      #expect(abs(element.angle(in: .o2) - expected.angle(in: dihedral)) < 1e-12)
    }
  }

  /// The original's element (r, m) rotates by r clockwise as seen, then mirrors: r ↦ -r here, or r for a reflection.
  @Test func theOriginalsProductIsTheSame() {
    func here(_ r: Double, _ m: Double) -> GroupElement { Group.o2.element(angle: m > 0 ? -r : r, reflected: m < 0) }
    var rng = Generator(seed: 4)
    for _ in 0..<50 {
      let (r1, r2) = (Double.random(in: 0..<6.28, using: &rng), Double.random(in: 0..<6.28, using: &rng))
      let (m1, m2) = (Bool.random(using: &rng) ? 1.0 : -1, Bool.random(using: &rng) ? 1.0 : -1)
      // (r1, m1) · (r2, m2) = (r2 + m2 r1, m1 m2), with the matrices diag(1, m) R(r) on (row, column).
      #expect(isSame(Group.o2.product(here(r1, m1), here(r2, m2)), here(r2 + m2 * r1, m1 * m2), .o2))
    }
  }

  @Test func theSingularIdentityHasNoX() {
    let (x, y) = GroupSamples.singularIdentity(of: .o2).inverseAction(on: images([2, 5], dtype: .float64))
    #expect(magnitude(x) == 0 && magnitude(y) > 0)
    let (sane, _) = GroupSamples.identity(of: .o2).inverseAction(on: images([2, 5], dtype: .float64))
    #expect(magnitude(sane) > 0)
  }
}
