import ArgumentParser
import Experiments
import Foundation
import Training

/// `steerable study metamaterials`: elasticity tensors of periodic cells by networks with and without symmetry.
struct StudyMetamaterials: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metamaterials",
    abstract: "Elasticity tensors of unit cells: plain, augmented and equivariant networks.",
    discussion: """
      Generates and homogenizes unit cells (or reads those of --data, an npz file as `steerable generate metamaterials` \
      writes), trains every network with every seed and leaves results.json, pictures (PNG, SVG) and report.html. The \
      preset cpu has 208 trainings with 15 seeds, of 9 seconds of one core and more; --processes shares them. In it the \
      networks of our own are trained with fewer seeds than the small ones of the original.
      """)

  @OptionGroup var options: StudyOptions

  @Option(
    help: StudyOptions.presetHelp(default: MetamaterialStudySize.Preset.cpu),
    transform: { try StudyOptions.preset($0) })
  var preset = MetamaterialStudySize.Preset.cpu

  @Option(help: ArgumentHelp("How often each network is trained.", valueName: "count"))
  var seeds = 15

  func run() throws {
    let findings = try options.result { stop in
      try MetamaterialStudy(
        output: options.output, size: MetamaterialStudySize(preset), seeds: seeds, cells: options.data,
        command: StudyOptions.commandLine
      ).run(stop: stop, observers: options.observers, note: options.note, writesReport: options.isLeader)
    }
    guard let findings else { return }
    if options.json { return try Console.json(findings) }
    let rows = findings.lines.map { line in
      [
        line.variant.network.title, line.variant.augmentation.rawValue, line.variant.schedule.rawValue,
        "\(line.variant.images ?? findings.trainingCells)", "\(line.parameters)",
        line.variant.network.publishedParameters.map { "\($0)" } ?? "–", line.error.text(digits: 5),
        line.variant.published.map { String(format: "%g ± %g", $0.mean, $0.deviation) } ?? "–",
      ]
    }
    Console.output(
      Console.table(
        [["network", "augmentation", "training", "cells", "weights", "reference", "test error", "published"]] + rows))
    Console.output("")
    for claim in findings.claims + findings.ownClaims { Console.output("\(claim)") }
    Console.output("\n\(findings.verdict)")
    Console.output("\nreport: \(options.output)/report.html")
  }
}
