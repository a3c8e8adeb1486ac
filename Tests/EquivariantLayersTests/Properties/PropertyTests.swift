import EquivarianceTesting
import EquivariantLayers
import Foundation
import Layers
import Symmetry
import Tensors
import TestSupport
import Testing

/// Every module of the target × every kind of representations × every kind of group obeys every law.
struct PropertyTests {
  static let spaces: [GSpace] = [
    .trivial, .rotations(2), .rotations(3), .rotations(4), .rotations(8), .dihedral(2), .dihedral(3), .dihedral(4),
    .dihedral(4, axis: 0.25 * .pi), .so2, .o2, .flips(axis: 0),
  ]

  @Test(arguments: spaces) func everyModuleObeysEveryLaw(_ space: GSpace) {
    var scripted: Set<String> = []
    for family in RepresentationFamily.all(on: space) {
      for entry in ModuleRegistry.entries {
        for (module, twin) in zip(entry.modules(family.type), entry.modules(family.type, seed: 2)) {
          // Scripts take long to compile; one of each class for each space will do.
          let isScripted = scripted.insert(entry.name).inserted
          for check in PropertyCheck.allCases where check != .script || isScripted {
            let violations = check.violations(of: module, twin: twin, size: entry.size)
            #expect(violations.isEmpty, "\(check): \(family): \(module.line): \(violations)")
          }
        }
      }
    }
  }

  @Test func everyEntryMakesItsClass() {
    var made: [String: Int] = [:]
    for space in Self.spaces {
      for family in RepresentationFamily.all(on: space) {
        for entry in ModuleRegistry.entries {
          for module in entry.modules(family.type) {
            #expect("\(Swift.type(of: module))" == entry.name)
            made[entry.name, default: 0] += 1
          }
        }
      }
    }
    for entry in ModuleRegistry.entries { #expect(made[entry.name, default: 0] > 0, "\(entry.name) is never made") }
  }

  /// The classes in the sources that derive from `EquivariantModule` are those of the registry.
  @Test func theRegistryIsComplete() throws {
    let folder = Checkout.root.appending(path: "Sources/EquivariantLayers")
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    var superclasses: [String: String] = [:]
    for file in files where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      for match in source.matches(of: /(?m)^(?:public |open )(?:final )?class (\w+): (\w+)/) {
        superclasses[String(match.output.1)] = String(match.output.2)
      }
    }
    func isModule(_ name: String) -> Bool {
      name == "EquivariantModule" || (superclasses[name].map(isModule) ?? false)
    }
    let found = Set(superclasses.keys.filter(isModule)).subtracting(ModuleRegistry.abstract)
    let registered = Set(ModuleRegistry.entries.map(\.name))
    #expect(found.count > 20)
    #expect(found.subtracting(registered).sorted() == [], "add these to ModuleRegistry")
    #expect(registered.subtracting(found).sorted() == [], "these are not in the sources")
    for name in ModuleRegistry.abstract {
      #expect(name == "EquivariantModule" || superclasses.values.contains(name), "nothing derives from \(name)")
    }
  }
}
