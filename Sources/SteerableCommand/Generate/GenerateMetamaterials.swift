import ArgumentParser
import Datasets
import Foundation
import Homogenization
import Training

/// `steerable generate metamaterials`: draws periodic unit cells and computes their elasticity.
struct GenerateMetamaterials: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metamaterials",
    abstract: "Draws periodic unit cells and computes their effective elasticity by finite elements.",
    discussion: """
      The npz file holds images (bytes [n, side, side], 1 is solid) and labels (floats [n, 9]): Q00, Q01, Q02, Q11, Q12, \
      Q22, is_gray, volfrac, is_broken. The solid has C11 = C22 = 1, C12 = 0.25, C66 = 0.375, the void 1e-9 of it. Axis 0 \
      points up in the image, axis 1 to the right. The same settings and seed give the same file. A file of the same name \
      is replaced at the end; what is stopped leaves nothing.
      Example: steerable generate metamaterials --count 2000 --families voronoi,struts --output cells.npz
      """)

  @Option(help: "How many cells.")
  var count = 2000

  @Option(help: "Rows and columns of each cell.")
  var side = 64

  @Option(help: "The cells follow from this number.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Kinds of cells, which take turns: \(MetamaterialGenerator.Family.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "a,b"))
  var families = MetamaterialGenerator.Family.allCases.map(\.rawValue).joined(separator: ",")

  @Option(help: ArgumentHelp("Smallest and largest share of solid.", valueName: "low...high"))
  var volumeFraction = "0.3...0.8"

  @Flag(help: "Keep cells whose solid is not one piece that runs through them in two directions; is_broken is 1 then.")
  var keepBroken = false

  @Option(help: ArgumentHelp("File to write, .npz.", valueName: "file"))
  var output: String

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func validate() throws {
    guard (1...1_000_000).contains(count) else {
      throw ValidationError("--count must be from 1 to 1000000, found \(count)")
    }
    _ = try generator()
    guard output.lowercased().hasSuffix(".npz") else {
      throw ValidationError("--output \(output): the file must end in .npz")
    }
  }

  func run() throws {
    let url = URL(fileURLWithPath: output)
    try OutputFile.check(output, at: url)
    let generator = try generator()
    let progress = quiet ? nil : WorkProgress(total: count, unit: "cells")
    let clock = ContinuousClock()
    let start = clock.now
    let cells = try generator.cells(count: count, seed: seed) { progress?.update($0) }
    let seconds = (clock.now - start) / .seconds(1)
    progress?.finish()
    try MetamaterialFile.write(cells, to: url)
    let result = Result(
      file: output, cells: count, broken: cells.count { $0.isBroken },
      volumeFraction: cells.reduce(0) { $0 + $1.cell.volumeFraction } / Double(count), seconds: seconds,
      cellsPerSecond: Double(count) / seconds)
    if json { return try Console.json(result) }
    Console.output(
      String(
        format: "%@: %d cells of %d×%d pixels, %d broken, volume fraction %.3f on average; %.1f s, %.1f cells a second",
        output, count, side, side, result.broken, result.volumeFraction, seconds, result.cellsPerSecond))
  }

  private func generator() throws -> MetamaterialGenerator {
    let chosen = try families.split(separator: ",").map { name in
      let name = name.trimmingCharacters(in: .whitespaces)
      guard let family = MetamaterialGenerator.Family(rawValue: name) else {
        throw ValidationError(
          "--families: there is no family \"\(name)\"; choose from "
            + MetamaterialGenerator.Family.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return family
    }
    let bounds = volumeFraction.components(separatedBy: "...").map { Double($0) }
    guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high else {
      throw ValidationError("--volume-fraction must be low...high, as 0.3...0.8, found \"\(volumeFraction)\"")
    }
    do {
      return try MetamaterialGenerator(
        side: side, families: chosen, volumeFraction: low...high, keepsBroken: keepBroken)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let file: String
    let cells: Int
    let broken: Int
    let volumeFraction: Double
    let seconds: Double
    let cellsPerSecond: Double
  }
}
