import Foundation
import Testing

/// One wrong call: what is given, and what the message must say.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [String]
  /// A change of the tiny configuration: the text replaced, and by what.
  var replacing: (String, String)?
  /// Further files to write first.
  var files: [String: String] = [:]
  /// Texts that must all stand in the message.
  let message: [String]
  var testDescription: String { name }

  /// A wrong configuration: `line` is replaced in the tiny one, and training with it must say `message`.
  static func configuration(_ name: String, _ line: String, _ other: String, _ message: String...) -> BadInput {
    BadInput(
      name: name, arguments: ["train", "--config", "c.yaml", "--output", "run", "--quiet"], replacing: (line, other),
      message: message)
  }

  static func call(_ name: String, _ arguments: [String], files: [String: String] = [:], _ message: String...)
    -> BadInput
  {
    BadInput(name: name, arguments: arguments, files: files, message: message)
  }
}

private let train = ["train", "--config", "c.yaml", "--output", "run", "--quiet"]

private let badInputs: [BadInput] = [
  // Configurations
  .configuration("misspelled key", "  batchSize: 16", "  batchsize: 16", "c.yaml:21", "batchsize", "batchSize"),
  .configuration("unknown top-level key", "seed: 3", "sead: 3", "c.yaml:2", "sead", "seed"),
  .configuration("text for a number", "  epochs: 3", "  epochs: three", "c.yaml:20", "epochs", "three"),
  .configuration("negative epochs", "  epochs: 3", "  epochs: -1", "c.yaml:20", "epochs", "-1"),
  .configuration("batch of none", "  batchSize: 16", "  batchSize: 0", "c.yaml:21", "batchSize"),
  .configuration("unknown optimizer", "kind: adamw", "kind: adamx", "c.yaml:23", "adamx", "adamw"),
  .configuration("rate of zero", "learningRate: 0.01", "learningRate: -0.01", "c.yaml:23", "learningRate"),
  .configuration(
    "unknown data", "  kind: simulated-galaxies", "  kind: simulated-galaxy", "c.yaml:4", "simulated-galaxies"),
  .configuration("even image side", "  imageSide: 17", "  imageSide: 18", "c.yaml:5", "imageSide", "odd"),
  .configuration("no training images", "  training: 64", "  training: 0", "c.yaml:6", "training"),
  .configuration("unknown group", "  group: C4", "  group: E8", "c.yaml", "E8"),
  .configuration("group of order zero", "  group: C4", "  group: C0", "c.yaml", "C0"),
  .configuration("unknown representation", "\"2 regular\", kernelSize: 5", "\"2 regulr\", kernelSize: 5", "regulr"),
  .configuration(
    "irrep under ReLU", "\"2 regular\", kernelSize: 5", "\"2 irrep(1)\", kernelSize: 5", "irrep(1)", "ReLU"),
  .configuration(
    "channels in a steerable block", "fields: \"2 regular\", kernelSize: 3", "channels: 8, kernelSize: 3", "channels",
    "fields"),
  .configuration(
    "unknown cut-off", "kernelSize: 3, padding: 1", "kernelSize: 3, padding: 1, cutoff: steep", "c.yaml:14", "cutoff"),
  .configuration("kernel larger than the image", "kernelSize: 3, padding: 1", "kernelSize: 21, padding: 1", "21"),
  .configuration("empty kernel basis", "kernelSize: 3, padding: 1", "kernelSize: 2, padding: 1", "2"),
  .configuration(
    "block without a kernel's fields", "fields: \"2 regular\", kernelSize: 3", "kernelSize: 3", "c.yaml:14", "fields"),
  .configuration("dropout of one", "  dropout: 0.2", "  dropout: 1.0", "c.yaml:16", "dropout"),
  .configuration("unknown pool", "kind: average-antialiased", "kind: averaged", "c.yaml:13", "averaged"),
  .configuration("not YAML", "name: tiny", "name: [tiny", "c.yaml"),
  .configuration("image larger than the input", "  group: C4", "  group: C4\n  inputSide: 9", "17x17", "9"),
  .call("missing file", ["train", "--config", "absent.yaml", "--output", "run"], "absent.yaml", "no such file"),
  .call("folder for a file", ["train", "--config", ".", "--output", "run"], "folder"),
  // Overrides
  .call("override without a value", train + ["--set", "training.epochs"], "training.epochs"),
  .call("override of an unknown key", train + ["--set", "training.epoch=3"], "epoch", "epochs"),
  .call("override of a wrong type", train + ["--set", "training.epochs=many"], "many"),
  // Flags
  .call("no verb's flag", ["train", "--config", "c.yaml", "--outptu", "run"], "outptu"),
  .call("unknown verb", ["trian"], "trian"),
  .call("unknown device", train + ["--device", "tpu"], "tpu", "cpu"),
  .call("rotations without a step", ["evaluate", "--run", "run", "--rotations", "0:360"], "from:to:step"),
  .call("rotations that go nowhere", ["evaluate", "--run", "run", "--rotations", "0:360:0"], "step"),
  .call("verify nothing", ["verify"], "--config"),
  .call(
    "kernel of no size",
    ["inspect", "kernel-basis", "--group", "C4", "--in", "trivial", "--out", "regular", "--kernel-size", "0"],
    "kernel-size"),
  .call(
    "kernel of an unknown group",
    ["inspect", "kernel-basis", "--group", "Q8", "--in", "trivial", "--out", "regular", "--kernel-size", "3"], "Q8"),
  .call("irrep out of range", ["inspect", "representation", "--group", "C4", "--representation", "irrep(7)"], "irrep"),
  .call(
    "no such subgroup",
    ["inspect", "representation", "--group", "D4", "--representation", "regular", "--restrict", "(None,3)"], "3"),
  .call("unknown export format", ["export", "--run", "run", "--format", "onyx", "--output", "x"], "onyx"),
  // Data
  .call("no data folder", train + ["--set", "data.kind=mnist"], "STEERABLE_DATA"),
  .call(
    "empty data folder", train + ["--set", "data.kind=mnist", "--data", "empty"], files: ["empty/readme": ""],
    "train-images-idx3-ubyte"),
  .call("folder that is none", train + ["--set", "data.kind=mnist", "--data", "nowhere"], "nowhere"),
  .call(
    "broken archive", train + ["--set", "data.kind=mnist", "--data", "d"],
    files: ["d/train-images-idx3-ubyte.gz": "not gzip"], "train-images-idx3-ubyte.gz"),
  // Runs and checkpoints
  .call("no run", ["evaluate", "--run", "nothing"], "nothing"),
  .call("folder that is no run", ["evaluate", "--run", "other"], files: ["other/x.txt": "x"], "other"),
  .call(
    "output with foreign files", ["train", "--config", "c.yaml", "--output", "other", "--quiet"],
    files: ["other/x.txt": "x"], "other"),
  .call("nothing to resume", train + ["--resume"], "--resume"),
  .call(
    "weights that are none", ["evaluate", "--run", "fake"],
    files: ["fake/manifest.json": "{}", "fake/config.yaml": "name: x\n"], "fake"),
]

struct BadInputTests {
  @Test(arguments: badInputs)
  func oneClearErrorAndNothingLeftBehind(_ bad: BadInput) throws {
    let command = try Command()
    defer { command.remove() }
    var configuration = Command.tinyConfiguration
    if let (line, other) = bad.replacing {
      try #require(configuration.contains(line), "the tiny configuration has no \(line)")
      configuration = configuration.replacingOccurrences(of: line, with: other)
    }
    try command.write(configuration, to: "c.yaml")
    for (name, text) in bad.files { try command.write(text, to: name) }
    let before = command.files

    let outcome = try command.run(bad.arguments)

    #expect(outcome.code == 2, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for part in bad.message { #expect(outcome.errors.contains(part), "\(part) is missing in: \(outcome.errors)") }
    // One error, not a list; the parser's own messages add a usage line.
    let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("Usage:") && !$0.hasPrefix("  See ") }
    #expect(lines.count <= 2, "\(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
    #expect(command.files == before, "left behind: \(command.files.subtracting(before).sorted())")
  }

  @Test func thereAreAtLeastThirty() {
    #expect(badInputs.count >= 30)
    print("bad inputs checked: \(badInputs.count)")
  }
}
