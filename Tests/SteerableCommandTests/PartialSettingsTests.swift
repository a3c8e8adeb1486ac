import Experiments
import Foundation
import Testing

/// Settings of partial networks and their study, as the command tells of them.
@Suite struct PartialSettingsTests {
  private static let configuration = """
    name: whole
    seed: 3
    data: {kind: simulated-galaxies, imageSide: 17, training: 32, validation: 0, test: 16}
    model:
      kind: ck-resnet
      hidden: 2
      widths: [1]
      poolBlocks: [0]
      group: {name: SE2, samples: 4}
      kernel: {kind: siren, hidden: 4, size: 3}
      rates: {support: 0.01}
    training: {epochs: 1, batchSize: 16, threads: 1}

    """

  @Test func aSettingWithoutEffectIsToldOfOnce() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Self.configuration, to: "c.yaml")
    let notice = "steerable: note: model.rates.support has no effect: the network is not partial and has no supports"
    for processes in ["1", "2"] {
      let outcome = try command.run([
        "train", "--config", "c.yaml", "--quiet", "--output", "run\(processes)", "--processes", processes,
      ])
      #expect(outcome.code == 0)
      #expect(outcome.errors.hasPrefix(notice), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
  }

  @Test func theFlagAtFaultIsNamed() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Self.configuration, to: "c.yaml")
    let outcome = try command.run([
      "train", "--config", "c.yaml", "--output", "run", "--set", "model.kernel.size=31", "--set", "model.padding=valid",
    ])
    #expect(outcome.code == 2)
    #expect(
      outcome.errors.hasPrefix(
        "steerable: --set model.kernel.size=31: model.kernel.size cannot be used: the lifting layer: a kernel of 31"),
      "\(outcome.errors)")
    #expect(command.files == ["c.yaml"])
  }

  @Test func theHelpNamesTasksAndDefaults() throws {
    let command = try Command()
    defer { command.remove() }
    func help(_ study: String) throws -> String {
      // Lines are broken to the width of the terminal.
      try command.run(["study", study, "--help"]).output.replacing(/\s+/, with: " ")
    }
    let partial = try help("partial-equivariance")
    for task in PartialStudyTask.allCases { #expect(partial.contains(task.rawValue), "\(task.rawValue)") }
    #expect(partial.contains("cpu: mnist6-180, mnist6-m, rotmnist, cifar10, range; full: mnist6-180"))
    let galaxies = try help("radio-galaxies")
    #expect(galaxies.contains("vanilla,c4,d4 in the preset cpu, vanilla,c16,d16 in the preset full"), "\(galaxies)")
    #expect(galaxies.contains("60 in the preset cpu, 600 in the preset full"))
    for text in [partial, galaxies, try help("metamaterials")] {
      #expect(text.contains("How large the study is: cpu or full. (default: cpu)"), "\(text)")
    }
  }

  /// What a study is refused for leaves nothing, and another preset may have the folder.
  @Test func aRefusedStudyLeavesNothing() throws {
    let command = try Command()
    defer { command.remove() }
    for preset in ["cpu", "full"] {
      let outcome = try command.run([
        "study", "partial-equivariance", "--output", "s", "--preset", preset, "--tasks", "mnist6-180", "--configs",
        Command.root.appending(path: "Configs/partial").path,
      ])
      #expect(outcome.code == 2 && outcome.errors.contains("STEERABLE_DATA"), "\(outcome.errors)")
      #expect(command.files.isEmpty)
    }
  }
}
