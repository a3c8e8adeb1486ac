import Foundation
import Testing

/// `steerable rotation-test` and `steerable study radio-galaxies` from the outside.
struct RadioGalaxyCommandTests {
  /// What `rotation-test --json` prints.
  private struct Summary: Decodable {
    struct Comparison: Decodable {
      let meanOverlaps: [Double]
    }
    let images: Int
    let passes: Int
    let meanOverlap: Double
    let comparison: Comparison?
  }

  @Test func aTrainedNetworkIsTestedAndCompared() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    #expect(try command.run(["train", "--config", "c.yaml", "--output", "run", "--quiet"]).code == 0)
    let arguments = ["rotation-test", "--run", "run", "--passes", "8", "--limit", "12", "--json"]
    let first = try command.run(arguments + ["--output", "a", "--figures", "2"])
    #expect(first.code == 0, "\(first.errors)")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(first.output.utf8))
    #expect(summary.images == 12 && summary.passes == 8 && summary.meanOverlap > 0 && summary.comparison == nil)
    let expected: Set = [
      "a/overlap.csv", "a/histogram.png", "a/histogram.svg", "a/rotations", "a/rotations/rotationtest_0.png",
      "a/rotations/rotationtest_0.svg", "a/rotations/rotationtest_1.png", "a/rotations/rotationtest_1.svg",
    ]
    #expect(command.files.filter { $0.hasPrefix("a/") } == expected)
    let table = try String(contentsOf: command.folder.appending(path: "a/overlap.csv"), encoding: .utf8)
    #expect(table.split(separator: "\n").count == 13)

    // The same network with other random passes, beside the first test.
    let second = try command.run(arguments + ["--output", "b", "--figures", "0", "--seed", "5", "--against", "a"])
    let comparison = try #require(try JSONDecoder().decode(Summary.self, from: Data(second.output.utf8)).comparison)
    #expect(abs(comparison.meanOverlaps[0] - summary.meanOverlap) <= 1e-12)
    #expect(command.files.contains("b/comparison.json") && !command.files.contains("b/rotations"))

    // Wrong calls, with the run at hand; each leaves everything as it was.
    let wrong: [([String], String)] = [
      (["--output", "a"], "pass --overwrite"), (["--output", "run"], "which no rotation test made"),
      (["--output", "n", "--against", "none.csv"], "none.csv: there is no such file"),
      (["--output", "n", "--against", "c.yaml"], "c.yaml, line 1"), (["--output", "n", "--passes", "0"], "--passes"),
      (["--output", "n", "--limit", "5", "--against", "a"], "tells of 12 images, this test has 5"),
      (["--output", "c.yaml"], "is not a folder"),
    ]
    let before = command.files
    for (extra, message) in wrong {
      let outcome = try command.run(["rotation-test", "--run", "run", "--limit", "12"] + extra)
      #expect(outcome.code == 2 || outcome.code == 64, "\(extra): \(outcome.code)")
      #expect(outcome.errors.contains(message), "\(extra): \(outcome.errors)")
    }
    #expect(command.files == before)
    let again = try command.run(arguments + ["--output", "a", "--figures", "0", "--overwrite"])
    #expect(again.code == 0 && !command.files.contains("a/rotations"))
  }

  @Test func aNetworkWithoutDropoutIsRefused() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration.replacing("dropout: 0.2", with: "dropout: 0"), to: "c.yaml")
    #expect(try command.run(["train", "--config", "c.yaml", "--output", "run", "--quiet"]).code == 0)
    let outcome = try command.run(["rotation-test", "--run", "run", "--output", "a"])
    #expect(outcome.code == 2 && outcome.errors.contains("the network has no dropout"))
    #expect(!command.files.contains("a/overlap.csv"))
  }

  @Test(arguments: [
    (["--models", "vanilla,e8"], "--models must list"), (["--models", "c8,c8"], "names c8 twice"),
    (["--preset", "large"], "must be cpu or full"), (["--seeds", "0"], "--seeds must be"),
    (["--epochs", "-1"], "--epochs"),
    (["--set", "training.batchSize=0"], "batchSize"), (["--set", "data.crop=5"], "crop"), ([], "data folder"),
    (["--data", "empty"], "MiraBest"),
  ])
  func wrongStudiesAreTold(_ arguments: [String], _ message: String) throws {
    let command = try Command()
    defer { command.remove() }
    try FileManager.default.createDirectory(
      at: command.folder.appending(path: "empty"), withIntermediateDirectories: true)
    let outcome = try command.run(["study", "radio-galaxies", "--output", "s", "--quiet"] + arguments)
    #expect(outcome.code == 2 || outcome.code == 64, "\(outcome.code)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(command.files == ["empty"], "\(command.files)")
  }

  @Test func aForeignFolderIsLeftAlone() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write("mine", to: "s/notes.txt")
    let outcome = try command.run(["study", "radio-galaxies", "--output", "s"])
    #expect(outcome.code == 2 && outcome.errors.contains("holds notes.txt"))
    #expect(command.files == Set(["s", "s/notes.txt"]))
  }
}
