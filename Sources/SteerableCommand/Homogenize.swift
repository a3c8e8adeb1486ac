import ArgumentParser
import Datasets
import Foundation
import Homogenization

/// `steerable homogenize`: computes the elasticity of unit cells.
struct Homogenize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Computes the effective elasticity of periodic unit cells by finite elements.",
    discussion: """
      The file is npy, one image [rows, columns] or several [n, rows, columns], or npz with such an array images; pixels from \
      0 (void) to 1 (solid). Printed are the matrices in Voigt's notation: strains (e00, e11, 2 e01) to stresses; axis 0 \
      points up in the image, axis 1 to the right. Without settings the material is plane stress with C11 = 1 and \
      Poisson's ratio 1/4.
      Example: steerable homogenize cell.npy --poissons-ratio 0.3 --plane plane-strain
      """)

  @Argument(help: "File with the images: .npy or .npz.")
  var file: String

  @Option(help: "Young's modulus of the solid.")
  var youngsModulus = 0.9375

  @Option(help: "Poisson's ratio of solid and void.")
  var poissonsRatio = 0.25

  /// The words for `PlaneAssumption` on the command line.
  enum Plane: String, CaseIterable, ExpressibleByArgument {
    case stress = "plane-stress"
    case strain = "plane-strain"
  }

  @Option(help: "What happens across the plane.")
  var plane = Plane.stress

  @Option(help: "Stiffness of the void relative to the solid's.")
  var voidStiffness = 1e-9

  @Option(help: "Elements of each pixel along either axis.")
  var refinement = 1

  @Option(help: ArgumentHelp("The first images only.", valueName: "count"))
  var limit: Int?

  @Flag(help: "Show no progress.")
  var quiet = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...64).contains(refinement) else {
      throw ValidationError("--refinement must be from 1 to 64, found \(refinement)")
    }
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, found \(limit)") }
  }

  func run() throws {
    let materials = try CellMaterials(
      youngsModulus: youngsModulus, poissonsRatio: poissonsRatio,
      plane == .stress ? .planeStress : .planeStrain, voidStiffness: voidStiffness)
    var cells = try MetamaterialFile.readCells(URL(fileURLWithPath: file))
    if let limit { cells = Array(cells.prefix(limit)) }
    guard let first = cells.first else { return }
    let homogenizer = Homogenizer(
      height: first.height, width: first.width, materials: materials, refinement: refinement)
    let progress = quiet || cells.count < 20 ? nil : WorkProgress(total: cells.count, unit: "cells")
    let results = try MetamaterialCell.homogenized(cells, by: homogenizer) { progress?.update($0) }
    progress?.finish()
    if json { return try Console.json(results.map(Result.init)) }
    for (index, result) in results.enumerated() {
      let state = result.isBroken ? ", broken" : ""
      Console.output(
        String(format: "image %d: volume fraction %.4f%@\n", index, result.cell.volumeFraction, state)
          + "\(result.elasticity)")
    }
  }

  /// What `--json` prints for each image.
  struct Result: Encodable {
    let tensor: ElasticityTensor
    let volumeFraction: Double
    let isGray: Bool
    let isBroken: Bool

    init(_ cell: MetamaterialCell) {
      tensor = cell.elasticity
      volumeFraction = cell.cell.volumeFraction
      isGray = cell.cell.isGray
      isBroken = cell.isBroken
    }
  }
}
