import Foundation
import Testing

struct InspectTests {
  @Test func theKernelBasisIsPrintedAsDocumented() throws {
    let command = try Command()
    defer { command.remove() }
    let outcome = try command.run([
      "inspect", "kernel-basis", "--group", "D8", "--in", "regular", "--out", "irrep(1,1)", "--kernel-size", "5",
      "--json",
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    struct Basis: Decodable {
      let group: String
      let `in`: String
      let out: String
      let kernelSize: Int
      let dimension: Int
      let kernels: [[[[[Double]]]]]
    }
    let basis = try JSONDecoder().decode(Basis.self, from: Data(outcome.output.utf8))
    #expect(basis.group == "D8" && basis.in == "regular" && basis.out == "irrep(1,1)" && basis.kernelSize == 5)
    // Regular to any representation of size s has s times the dimension of trivial to regular per ring function: 11 for 5x5.
    #expect(basis.dimension == 22)
    #expect(basis.kernels.count == 22)
    #expect(
      basis.kernels.allSatisfy { $0.count == 2 && $0[0].count == 16 && $0[0][0].count == 5 && $0[0][0][0].count == 5 })
    // Kernels are normalized to a squared norm equal to the size of the output irrep.
    for kernel in basis.kernels {
      let norm = kernel.joined().joined().joined().reduce(0) { $0 + $1 * $1 }
      #expect(abs(norm - 2) < 1e-9 || abs(norm - 1) < 1e-9)
    }
  }

  @Test func aDoubtfulBasisIsPointedOut() throws {
    let command = try Command()
    defer { command.remove() }
    let demo = try String(contentsOf: Command.root.appending(path: "Configs/demo/c8.yaml"), encoding: .utf8)
    for (name, text) in [("odd.yaml", demo), ("even.yaml", demo.replacing(/kernelSize: \d+/, with: "kernelSize: 4"))] {
      try text.write(to: command.folder.appending(path: name), atomically: true, encoding: .utf8)
      let outcome = try command.run(["inspect", "model", "--config", name])
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("has none at the center") == (name == "even.yaml"), "\(outcome.output)")
    }
  }

  @Test func aRestrictionIsDecomposed() throws {
    let command = try Command()
    defer { command.remove() }
    let outcome = try command.run([
      "inspect", "representation", "--group", "D4", "--representation", "regular", "--restrict", "(None,4)", "--json",
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    struct Representation: Decodable {
      let group: String
      let size: Int
      let irreps: [String]
    }
    let field = try JSONDecoder().decode(Representation.self, from: Data(outcome.output.utf8))
    #expect(field.group == "C4" && field.size == 8)
    // Two copies of the regular representation of C4.
    #expect(
      Dictionary(grouping: field.irreps, by: { $0 }).mapValues(\.count)
        == ["irrep(0)": 2, "irrep(1)": 2, "irrep(2)": 2])
  }

  @Test(arguments: [
    ("D4", "regular"), ("C8", "quotient(2)"), ("D6", "induced((None,6),irrep(1))"), ("O2", "irrep(1,2)"),
    ("Flip", "3 regular + trivial"), ("D4", "tensor(irrep(1,1),regular)"),
  ])
  func whatIsPrintedCanBeTyped(_ group: String, _ notation: String) throws {
    struct Representation: Decodable {
      let name: String
      let size: Int
      let irreps: [String]
    }
    let command = try Command()
    defer { command.remove() }
    func inspect(_ notation: String, _ extra: [String] = ["--json"]) throws -> String {
      let outcome = try command.run(
        ["inspect", "representation", "--group", group, "--representation", notation] + extra)
      #expect(outcome.code == 0, "\(outcome.errors)")
      return outcome.output
    }
    func decoded(_ text: String) throws -> Representation {
      try JSONDecoder().decode(Representation.self, from: Data(text.utf8))
    }
    let first = try inspect(notation)
    let field = try decoded(first)
    #expect(try inspect(field.name) == first)
    let sum = try decoded(inspect(field.irreps.joined(separator: " + ")))
    #expect(sum.irreps == field.irreps && sum.size == field.size)
    // The same on the line for people.
    let lines = try inspect(notation, []).split(separator: "\n")
    let irreps = try #require(lines.first { $0.hasPrefix("irreps: ") }).dropFirst("irreps: ".count)
    #expect(try decoded(inspect(String(irreps))).irreps == field.irreps)
  }

  @Test func theNotebookNetworkHasItsSizeAndShapes() throws {
    let command = try Command()
    defer { command.remove() }
    let configuration = Command.root.appending(path: "Configs/rotated_mnist/model_notebook.yaml").path
    let outcome = try command.run(["inspect", "model", "--config", configuration, "--json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    struct Model: Decodable {
      struct Layer: Decodable { let name: String; let outputShape: [Int]; let parameters: Int }
      let parameters: Int
      let layers: [Layer]
    }
    let model = try JSONDecoder().decode(Model.self, from: Data(outcome.output.utf8))
    #expect(model.parameters == 2_067_434)
    let convolutions = model.layers.filter { $0.name == "R2Conv" }
    #expect(convolutions.map(\.parameters) == [432, 101_376, 202_752, 405_504, 811_008, 540_672])
    #expect(
      convolutions.map(\.outputShape) == [
        [1, 192, 25, 25], [1, 384, 25, 25], [1, 384, 13, 13], [1, 768, 13, 13], [1, 768, 7, 7], [1, 512, 5, 5],
      ])
    #expect(model.layers.first { $0.name == "GroupPooling" }?.outputShape == [1, 64, 1, 1])
    #expect(model.layers.last?.outputShape == [1, 10])
  }

  @Test(arguments: [
    ["--help"], ["train", "--help"], ["evaluate", "--help"], ["verify", "--help"], ["export", "--help"],
    ["inspect", "--help"], ["inspect", "model", "--help"], ["inspect", "kernel-basis", "--help"],
    ["inspect", "representation", "--help"], ["demo", "--help"], ["--version"],
  ])
  func helpSucceeds(_ arguments: [String]) throws {
    let command = try Command()
    defer { command.remove() }
    let outcome = try command.run(arguments)
    #expect(outcome.code == 0)
    #expect(!outcome.output.isEmpty)
  }
}
