import Foundation
import Testing

/// `steerable generate metamaterials` and `steerable homogenize`, as they are called.
@Suite struct MetamaterialCommandTests {
  private struct Cell: Decodable {
    struct Tensor: Decodable { let q00, q01, q02, q11, q12, q22: Double }
    let tensor: Tensor
    let volumeFraction: Double
    let isBroken: Bool
  }

  private static let generation = ["generate", "metamaterials", "--count", "6", "--side", "16", "--quiet"]

  private func cells(_ command: Command, _ arguments: [String]) throws -> [Cell] {
    let outcome = try command.run(["homogenize", "--quiet", "--json"] + arguments)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONDecoder().decode([Cell].self, from: Data(outcome.output.utf8))
  }

  @Test func theSameSeedGivesTheSameFile() throws {
    let command = try Command()
    defer { command.remove() }
    func file(_ name: String, seed: Int) throws -> Data {
      let outcome = try command.run(Self.generation + ["--seed", "\(seed)", "--output", name])
      #expect(outcome.code == 0, "\(outcome.errors)")
      return try Data(contentsOf: command.folder.appending(path: name))
    }
    let first = try file("a.npz", seed: 4)
    #expect(try file("b.npz", seed: 4) == first)
    #expect(try file("c.npz", seed: 5) != first)
  }

  @Test func generatedCellsAreHomogenized() throws {
    let command = try Command()
    defer { command.remove() }
    let outcome = try command.run(
      Self.generation + ["--volume-fraction", "0.4...0.6", "--families", "struts", "--output", "cells.npz", "--json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let cells = try cells(command, ["cells.npz"])
    #expect(cells.count == 6)
    // Stiffer than nothing, softer than the mixture of solid and void: the bound of Voigt.
    for cell in cells {
      #expect((0.35...0.65).contains(cell.volumeFraction) && !cell.isBroken)
      #expect(cell.tensor.q00 > 0 && cell.tensor.q00 < cell.volumeFraction)
      #expect(cell.tensor.q11 > 0 && cell.tensor.q22 > 0 && cell.tensor.q22 < 0.375 * cell.volumeFraction)
    }
    #expect(try self.cells(command, ["cells.npz", "--limit", "2"]).count == 2)
    let stiffer = try self.cells(command, ["cells.npz", "--youngs-modulus", "1.875"])
    #expect(abs(stiffer[0].tensor.q00 - 2 * cells[0].tensor.q00) < 1e-6)
  }

  /// Arguments, and what the one error must name; nothing may be left behind.
  @Test(arguments: [
    ("generate metamaterials --output c.npz --families foam", "there is no family \"foam\"; choose from"),
    ("generate metamaterials --output c.npz --count 0", "--count must be from 1 to"),
    ("generate metamaterials --output c.npz --side 2", "expected a side of 8 to 512"),
    ("generate metamaterials --output c.npz --volume-fraction 0.8...0.3", "--volume-fraction must be low...high"),
    ("generate metamaterials --output c.npz --volume-fraction 0.99...0.999", "expected 0.05 to 0.98"),
    ("generate metamaterials --output no/c.npz", "create it first"),
    ("generate metamaterials --output c.txt", "must end in .npz"),
    ("homogenize missing.npy", "there is no such file"), ("homogenize text.npy", "this is no npy file"),
    ("homogenize text.npy --poissons-ratio 0.7", "between -1 and 0.5"),
    ("homogenize text.npy --refinement 0", "--refinement must be from 1 to"),
    ("homogenize text.npy --limit 0", "--limit must be at least 1"),
    ("homogenize text.npy --void-stiffness 0", "expected at least 1e-12"),
    ("study metamaterials --output s --processes 0", "--processes must be from 1 to 256, found 0"),
    ("study metamaterials --output s --seeds 0", "seeds must be 1 to 1000, found 0"),
    ("study metamaterials --output s --data missing.npz", "missing.npz: no such file"),
    ("study metamaterials --output s --data text.npy", "text.npy"),
  ])
  func badInput(_ arguments: String, message: String) throws {
    let command = try Command()
    defer { command.remove() }
    try command.write("hello", to: "text.npy")
    let outcome = try command.run(arguments.split(separator: " ").map(String.init))
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(command.files == ["text.npy"], "\(command.files)")
  }
}
