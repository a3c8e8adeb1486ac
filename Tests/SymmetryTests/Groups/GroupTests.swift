import Foundation
import Symmetry
import TestSupport
import Testing

@Suite struct GroupTests {
  @Test(arguments: TestGroups.finite)
  func finiteGroupsObeyTheLaws(_ group: Group) {
    let elements = group.elements
    #expect(elements.count == group.order)
    #expect(Set(elements).count == elements.count)
    #expect(elements[0] == group.identity)
    for (position, a) in elements.enumerated() {
      #expect(group.index(of: a) == position)
      #expect(group.product(a, group.inverse(a)) == group.identity)
      #expect(group.product(group.inverse(a), a) == group.identity)
      #expect(group.product(a, group.identity) == a)
      for b in elements {
        let ab = group.product(a, b)
        #expect(group.contains(ab))
        for c in elements.prefix(6) + elements.suffix(2) {
          #expect(group.product(ab, c) == group.product(a, group.product(b, c)))
        }
      }
    }
    let commutes = elements.allSatisfy { a in elements.allSatisfy { group.product(a, $0) == group.product($0, a) } }
    #expect(commutes == group.isAbelian)
  }

  @Test(arguments: TestGroups.finite + TestGroups.continuous)
  func planarActionIsAHomomorphism(_ group: Group) {
    for axis in [0, 0.3, Double.pi / 2] {
      for (a, b) in testPairs(group) {
        let product =
          group.planarAction(of: a, reflectionAxis: axis) * group.planarAction(of: b, reflectionAxis: axis)
        let expected = group.planarAction(of: group.product(a, b), reflectionAxis: axis)
        #expect(product.maxAbsDifference(to: expected) <= 1e-12)
      }
    }
  }

  @Test func planarActionKeepsItsAxis() {
    let axis = 0.7
    let flip = Group.dihedral(5).planarAction(of: .init(flipOf: .dihedral(5)), reflectionAxis: axis)
    let kept = flip * [cos(axis), sin(axis)]
    #expect(abs(kept[0] - cos(axis)) <= 1e-15 && abs(kept[1] - sin(axis)) <= 1e-15)
    #expect(Group.flip.planarAction(of: Group.flip.elements[1]) == Matrix([[-1, 0], [0, 1]]))
    let quarter = Group.so2.element(angle: .pi / 2)
    #expect(Group.so2.planarAction(of: quarter) == Matrix([[0, -1], [1, 0]]))
  }

  @Test(arguments: TestGroups.finite + TestGroups.continuous)
  func namesAreReadBack(_ group: Group) throws {
    #expect(try Group(group.name) == group)
  }

  @Test func otherSpellings() throws {
    #expect(try Group("SO(2)") == .so2)
    #expect(try Group("O(2)") == .o2)
    #expect(try Group("Trivial") == .cyclic(1))
  }

  @Test(arguments: ["", "C", "C0", "D0", "C-1", "E8", "c4", "C4 ", "SO3", "D99999999999999999999", "C+4"])
  func wrongNamesAreRefused(_ name: String) {
    #expect(throws: SymmetryError.unknownGroup(name: name)) { try Group(name) }
  }

  @Test func continuousProductsAddAngles() {
    let group = Group.o2
    var rng = SplitMix(3)
    for _ in 0..<200 {
      let (a, b) = (group.randomElement(using: &rng), group.randomElement(using: &rng))
      let identity = group.product(a, group.inverse(a))
      let angle = identity.angle(in: group)
      #expect(!identity.isReflected && min(angle, 2 * .pi - angle) <= 1e-12)
      #expect(group.contains(group.product(a, b)))
    }
  }

  @Test func elementsByAngle() {
    #expect(Group.cyclic(8).elementIfPresent(angle: -.pi / 4) == Group.cyclic(8).element(rotation: 7))
    #expect(Group.cyclic(8).elementIfPresent(angle: 0.1) == nil)
    #expect(Group.cyclic(8).elementIfPresent(angle: 0, reflected: true) == nil)
    #expect(Group.dihedral(4).element(rotation: 5, reflected: true).description == "r1f")
    #expect(Group.so2.testingElements.count == 52)
    #expect(Group.o2.testingElements.count == 104)
  }
}

extension GroupElement {
  fileprivate init(flipOf group: Group) {
    self = group.element(rotation: 0, reflected: true)
  }
}
