import Symmetry
import Testing

@Suite struct NotationTests {
  @Test(arguments: TestGroups.small)
  func namesAreReadBack(_ group: Group) throws {
    var all = group.irreps().map { Representation($0) } + [group.regularRepresentation]
    for subgroup in group.subgroups {
      all.append(try group.quotientRepresentation(subgroup.id))
      for psi in subgroup.group.irreps() {
        all.append(try group.inducedRepresentation(subgroup.id, Representation(psi)))
      }
      let restricted = try group.regularRepresentation.restricted(to: subgroup.id)
      #expect(try subgroup.group.representation(restricted.name) == restricted)
    }
    all.append(all[0] + all[all.count - 1])
    all.append(all[0].tensor(all[all.count - 2]))
    for representation in all {
      #expect(try group.representation(representation.name) == representation)
      #expect(try group.representation(representation.name).name == representation.name)
    }
    #expect(try group.representations(Representation.notation(for: all)) == all)
  }

  @Test func listsAreCounted() throws {
    let group = Group.cyclic(8)
    let text = "4 trivial + 2 irrep(1) + 8 regular"
    let fields = try group.representations(text)
    #expect(fields.count == 14)
    #expect(fields == 4 * group.trivialRepresentation + 2 * group.irrep(1) + 8 * group.regularRepresentation)
    #expect(Representation.notation(for: fields) == text)
    #expect(try group.representations("4*trivial+2x irrep( 1 ) +8 × regular") == fields)
    #expect(try group.representations(" regular ") == [group.regularRepresentation])
    #expect(try group.representations("regular + trivial + regular").map(\.size) == [8, 1, 8])
  }

  @Test func subgroupIDs() throws {
    #expect(try SubgroupID("4") == .rotations(4))
    #expect(try SubgroupID("(None, 4)") == .rotations(4))
    #expect(try SubgroupID("None,-1") == .rotationsAll)
    #expect(try SubgroupID("(1,2)") == .dihedral(axis: 1, 2))
    #expect(try SubgroupID("(0.5,1)") == .reflection(angle: 0.5))
    #expect(try SubgroupID("(pi/4,-1)") == .turned(angle: .pi / 4))
    #expect(try SubgroupID("(3pi/4,2)") == .dihedral(angle: 3 * .pi / 4, 2))
    for (_, id) in SubgroupTests.all { #expect(try SubgroupID(id.description) == id) }
    for text in ["", "()", "(1,)", "(1,2", "x", "(None)", "1,2,3", "(1,0)", "(nan,2)", "-3", "(1/2,2)"] {
      #expect(throws: SymmetryError.self) { try SubgroupID(text) }
    }
  }

  @Test func spellingsOfQuotients() throws {
    let group = Group.dihedral(4)
    let quotient = try group.quotientRepresentation(.dihedral(axis: 0, 2))
    #expect(try group.representation("quotient((0,2))") == quotient)
    #expect(try group.representation("quotient(0,2)") == quotient)
    #expect(quotient.name == "quotient(0,2)")
    let induced = try group.representation("induced((None,4),irrep(1))")
    #expect(try group.representation("induced(4,irrep(1))") == induced)
    #expect(try group.representation("induced(None,4,irrep(1))") == induced)
    #expect(try Group.cyclic(8).quotientRepresentation(.rotations(2)).name == "quotient(2)")
    let o2 = try Group.o2.representation("induced((None,-1),irrep(2))")
    #expect(try o2.size == 4 && Group.o2.representation(o2.name) == o2)
    let turned = try Group.o2.irrep(1, 1).restricted(to: .dihedral(angle: 0.3, 4))
    #expect(try Group.dihedral(4).representation(turned.name) == turned)
    let signs = Group.flip.representation
    #expect(try signs("restricted(D4,(1,1),irrep(1,1))").irreps.map(\.id) == [[0], [1]])
  }

  @Test(arguments: [
    ("", 0), ("regulr", 0), ("irrep", 5), ("irrep(", 6), ("irrep(1", 7), ("irrep(9)", 0), ("irrep(1,1)", 0),
    ("4 trivial +", 11), ("0 trivial", 0), ("trivial regular", 8), ("2 irrep(1) + 3 quotient(3)", 15),
    ("quotient(x)", 9), ("induced(2)", 9), ("restricted(Q8,2,regular)", 11), ("restricted(C4,2,regular)", 0),
    ("9999999 trivial", 0), ("sum()", 4), ("block(7,regular)", 0), ("-2 regular", 0),
  ])
  func errorsTellThePlace(_ text: String, _ offset: Int) {
    do {
      _ = try Group.cyclic(8).representations(text)
      Issue.record("\"\(text)\" was accepted")
    } catch {
      guard case .invalidNotation(let quoted, let place, let reason) = error else {
        Issue.record("\(text): \(error)")
        return
      }
      #expect(quoted == text && place == offset, "\(text): \(reason) at \(place)")
      #expect(error.description.hasPrefix("cannot read \"\(text)\" at character \(offset + 1): "))
    }
  }

  /// Deep nesting is refused long before the stack ends, and the message shows a part of a long text only.
  @Test(arguments: ["sum(", "tensor(", "block(0,", "restricted(C8,(None,8),", "induced((None,8),", "("])
  func deepNestingIsRefused(_ opening: String) {
    do {
      _ = try Group.cyclic(8).representations(String(repeating: opening, count: 100_000))
      Issue.record("accepted")
    } catch {
      #expect(error.description.count < 400)
      if opening != "(" { #expect(error.description.contains("nested more than 32 deep")) }
    }
    #expect(throws: Never.self) {
      try Group.cyclic(8).representations(
        String(repeating: "sum(", count: 31) + "trivial" + String(repeating: ")", count: 31))
    }
  }

  @Test func regularNeedsAFiniteGroup() {
    #expect(throws: SymmetryError.self) { try Group.so2.representation("regular") }
  }
}
