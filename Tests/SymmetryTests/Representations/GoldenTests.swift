import Foundation
import Symmetry
import TestSupport
import Testing

/// Comparison with the matrices that the reference libraries printed.
@Suite struct GoldenTests {
  /// Compares one representation; returns how many numbers agreed in position.
  private func compare(_ key: String, _ found: Representation, _ entry: ReferenceGoldens.Representation) -> Int {
    #expect(found.irreps.map(\.name) == entry.irreps, "\(key)")
    let expected = Matrix(entry.changeOfBasis)
    let difference = found.changeOfBasis.maxAbsDifference(to: expected)
    #expect(difference <= 2e-8, "\(key): \(found.changeOfBasis.values) instead of \(expected.values)")
    if let supported = entry.supported {
      #expect(Set(found.capabilities.map(text)) == Set(supported), "\(key)")
    }
    return expected.values.count
  }

  private func text(_ capability: Capability) -> String {
    switch capability {
    case .pointwise: "pointwise"
    case .norm: "norm"
    case .gated: "gated"
    case .gate: "gate"
    case .concatenated: "concatenated"
    case .vectorField: "vectorfield"
    case .inducedNorm(let size): "induced_norm_\(size)"
    case .inducedGated(let size): "induced_gated_\(size)"
    case .inducedGate: "induced_gate"
    }
  }

  @Test func regularRepresentations() throws {
    let file = try ReferenceGoldens.load()
    var count = 0
    for (name, entry) in file.regular { count += compare(name, try Group(name).regularRepresentation, entry) }
    print("golden regular representations: \(file.regular.count) matrices, \(count) values compared")
    #expect(file.regular.count == 8 && count == 245)
  }

  @Test func quotientRepresentations() throws {
    let file = try ReferenceGoldens.load()
    var count = 0
    for (key, entry) in file.quotient {
      let parts = key.split(separator: "/")
      let found = try Group(String(parts[0])).quotientRepresentation(SubgroupID(String(parts[1])))
      count += compare(key, found, entry)
    }
    print("golden quotient representations: \(file.quotient.count) matrices, \(count) values compared")
    #expect(file.quotient.count == 10 && count == 105)
  }

  @Test func inducedRepresentations() throws {
    let file = try ReferenceGoldens.load()
    var count = 0
    for (key, entry) in file.induced {
      let words = key.split(separator: " ").map(String.init)
      let (parent, child) = (try Group(words[0]), try Group(words[2]))
      let frequency = try #require(Int(words[3].dropFirst("irrep_".count)))
      let id: SubgroupID = child.rotationOrder.map { .rotations($0) } ?? .rotationsAll
      let found = try parent.inducedRepresentation(id, child.irrep(id: [frequency]))
      count += compare(key, found, entry)
    }
    print("golden induced representations: \(file.induced.count) matrices, \(count) values compared")
    #expect(file.induced.count == 4 && count == 40)
  }

  @Test func restrictedIrreps() throws {
    let file = try ReferenceGoldens.load()
    var count = 0
    for (key, entry) in file.restrictions {
      let bar = try #require(key.firstIndex(of: "|"))
      let arrow = try #require(key.range(of: "->"))
      let group = try Group(String(key[..<bar]))
      let name = key[key.index(after: bar)..<arrow.lowerBound]
      let id = name.dropFirst("irrep_".count).split(separator: ",").compactMap { Int($0) }
      let found = try group.irrep(id: id).restricted(to: SubgroupID(String(key[arrow.upperBound...])))
      count += compare(key, found, entry)
    }
    print("golden restrictions: \(file.restrictions.count) matrices, \(count) values compared")
    #expect(file.restrictions.count == 40 && count == 76)
  }
}
