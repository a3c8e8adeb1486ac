import ArgumentParser
import EquivarianceTesting
import Experiments
import Foundation
import Layers
import Training

/// `steerable verify`: measures the equivariance of a network.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how equivariant a network is, layer by layer, in double precision.",
    discussion: """
      Rotations by 90° and reflections that map the pixel grid to itself must be exact; other angles are reported as a \
      curve of relative errors, resampling included. The images are random, of the size that the layers see: where a \
      configuration pads its images, that is the padded size. Exit code 1 if an exact element exceeds the tolerance, as a plain \
      network does on purpose, and if there is nothing to verify, because the network has no rotations or reflections.
      """)

  @OptionGroup var source: NetworkSource

  @Option(help: "Largest error allowed on the pixel grid.")
  var tolerance = 1e-9

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard tolerance > 0 else { throw ValidationError("--tolerance must be positive, found \(tolerance)") }
  }

  func run() throws {
    let (experiment, model) = try source.load()
    let result = try Verification(
      model, name: experiment.configuration.name, configuration: experiment.configuration, tolerance: tolerance)
    if json {
      try Console.json(result)
    } else {
      show(result)
    }
    switch result.verdict {
    case .holds: break
    case .fails:
      throw Failure.work(
        String(
          format: "%@ is not equivariant: the largest error on the pixel grid is %.2e, allowed is %.0e",
          result.name, result.latticeMaximum, tolerance))
    // A check of nothing has not succeeded.
    case .nothingToVerify: throw Failure.work("\(result.name): nothing to verify: \(result.absence ?? "")")
    }
  }

  private func show(_ result: Verification) {
    Console.output(
      "\(result.name): symmetry \(result.group), random images of \(result.imageSide)×\(result.imageSide) pixels, float64, "
        + "errors of f(g·x) against g·f(x)")
    if let note = result.note { Console.output("note: \(note)") }
    Console.output("")
    var rows = [["#", "layer", "output", "grid, this layer", "grid, from input", "other angles (relative)"]]
    for layer in result.layers {
      rows.append([
        "\(layer.index)", layer.name, layer.own.outputShape.dropFirst().map(String.init).joined(separator: "×"),
        number(layer.own.latticeMaximum), number(layer.accumulated.latticeMaximum),
        layer.accumulated.resampledErrors.isEmpty ? "–" : number(layer.accumulated.resampledRelative),
      ])
    }
    rows.append([
      "", result.network.name, result.network.outputShape.dropFirst().prefix(1).map(String.init).joined(), "",
      number(result.network.latticeMaximum),
      result.network.resampledErrors.isEmpty ? "–" : number(result.network.resampledRelative),
    ])
    Console.output(Console.table(rows))
    if let shifts = result.shifts {
      Console.output(
        "\ncyclic shifts (down, right): "
          + shifts.errors.map { "(\($0.down), \($0.right)) \(number($0.maximum))" }.joined(separator: ", "))
    }
    for warning in Set(result.layers.compactMap(\.own.warning)).sorted() { Console.output("note: \(warning)") }
    Console.output("\nrelative error of the \(result.curve.name) against the angle:")
    let points = result.curve.points.map { point in
      [
        String(format: "%g°", point.degrees), number(point.relative),
        point.isLattice ? "exact on the grid" : point.isInGroup ? "in the group, resampled" : "outside the group",
      ]
    }
    Console.output(Console.table([["rotation", "relative error", ""]] + points))
    if let absence = result.absence { return Console.output("\nnothing to verify: \(absence)") }
    Console.output(
      String(
        format: "\nlargest error on the pixel grid: %.2e (allowed %.0e): %@", result.latticeMaximum, result.tolerance,
        result.holds ? "holds" : "FAILS"))
  }

  private func number(_ value: Double) -> String { String(format: "%.2e", value) }
}
