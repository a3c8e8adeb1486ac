import Foundation
import Testing

/// One wrong call: what is given, and what the message must say.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let arguments: [String]
  /// A change of the tiny configuration: the text replaced, and by what.
  var replacing: (String, String)?
  /// Further files to write first.
  var files: [String: Data] = [:]
  /// Texts that must all stand in the message.
  var message: [String]
  var testDescription: String { name }

  /// A wrong configuration: `line` is replaced in the tiny one, and training with it must say `message`.
  static func configuration(_ name: String, _ line: String, _ other: String, _ message: String...) -> BadInput {
    BadInput(
      name: name, arguments: ["train", "--config", "c.yaml", "--output", "run", "--quiet"], replacing: (line, other),
      message: message)
  }

  static func call(
    _ name: String, _ arguments: [String], files: [String: String] = [:], _ message: String...
  ) -> BadInput {
    BadInput(name: name, arguments: arguments, files: files.mapValues { Data($0.utf8) }, message: message)
  }

  /// Wrong data files in the folder `d`, for data of the given kind.
  static func data(
    _ name: String, _ kind: String, _ extra: [String], files: [String: [UInt8]] = [:], _ message: String...
  ) -> BadInput {
    BadInput(
      name: name, arguments: train + extra,
      replacing: ("kind: simulated-galaxies\n  imageSide: 17", "kind: \(kind)"), files: files.mapValues { Data($0) },
      message: message)
  }

  /// A file of weights for the tiny configuration's network.
  static func importing(
    _ name: String, _ file: [UInt8], extra: [String] = [], files: [String: Data] = [:], _ message: String...
  ) -> BadInput {
    BadInput(
      name: name, arguments: ["import", "--from", "w.pt", "--config", "c.yaml", "--output", "run"] + extra,
      files: files.merging(["w.pt": Data(file)]) { $1 }, message: message)
  }
}

/// A file of Tests/Goldens.
private func golden(_ name: String) -> [UInt8] {
  Array((try? Data(contentsOf: Command.root.appending(path: "Tests/Goldens/\(name)"))) ?? Data())
}

private let train = ["train", "--config", "c.yaml", "--output", "run", "--quiet"]
private let demo = Command.root.appending(path: "Configs/demo").path

/// An idx file of images without ink.
private func images(_ count: UInt8) -> [UInt8] {
  [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28] + [UInt8](repeating: 0, count: Int(count) * 784)
}

/// An idx file of labels.
private func labels(_ labels: [UInt8]) -> [UInt8] { [0, 0, 8, 1, 0, 0, 0, UInt8(labels.count)] + labels }

/// A line of an amat file.
private func amat(_ values: Int) -> [UInt8] { Array((String(repeating: "1 ", count: values) + "\n").utf8) }

private let badInputs: [BadInput] = [
  // Configurations
  .configuration("misspelled key", "  batchSize: 16", "  batchsize: 16", "c.yaml:19", "batchsize", "batchSize"),
  .configuration("unknown top-level key", "seed: 3", "sead: 3", "c.yaml:2", "sead", "seed"),
  .configuration("text for a number", "  epochs: 3", "  epochs: three", "c.yaml:18", "epochs", "three"),
  .configuration("negative epochs", "  epochs: 3", "  epochs: -1", "c.yaml:18", "epochs", "-1"),
  .configuration(
    "epochs beyond counting", "  epochs: 3", "  epochs: 9223372036854775807", "c.yaml:18", "epochs", "at most"),
  .configuration(
    "batch beyond counting", "  batchSize: 16", "  batchSize: 9223372036854775807", "c.yaml:19", "batchSize"),
  .configuration("batch of none", "  batchSize: 16", "  batchSize: 0", "c.yaml:19", "batchSize"),
  .configuration("unknown optimizer", "kind: adamw", "kind: adamx", "c.yaml:21", "adamx", "adamw"),
  .configuration("rate of zero", "learningRate: 0.01", "learningRate: -0.01", "c.yaml:21", "learningRate"),
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
  .configuration("a key given twice", "seed: 3", "seed: 3\nseed: 4", "c.yaml:2", "seed", "twice"),
  .configuration("a tab", "  epochs: 3", "\tepochs: 3", "c.yaml:18", "tab"),
  .configuration(
    "plain fields as text", "kind: steerable-cnn\n  group: C4", "kind: plain-cnn", "c.yaml:12", "channels"),
  .configuration(
    "pool larger than the map", "kind: average-antialiased, stride: 2",
    "kind: max, kernelSize: 16, stride: 8}}\n    - {fields: regular, pool: {kind: max, kernelSize: 3",
    "model.blocks.1.pool"),
  .configuration(
    "pool with too much padding", "kind: average-antialiased", "kind: max, padding: 2", "model.blocks.0.pool",
    "padding 2"),
  .configuration(
    "too many channels", "\"2 regular\", kernelSize: 5", "\"5000 regular\", kernelSize: 5", "c.yaml:13", "20000",
    "16384"),
  .configuration("kernels without end", "  group: C4", "  group: D256", "c.yaml:14", "GB"),
  .configuration("cut-off without end", "kernelSize: 3, padding: 1", "kernelSize: 3, cutoff: 1e9", "c.yaml:14", "100"),
  .configuration("too large a group", "  group: C4", "  group: D1000", "c.yaml:11", "1000", "256"),
  .call("empty file", ["train", "--config", "e.yaml", "--output", "run"], files: ["e.yaml": ""], "e.yaml"),
  .call(
    "bytes that are no text", ["inspect", "model", "--config", "e.yaml"], files: ["e.yaml": "\u{0}\u{1}"], "e.yaml"),
  .call("missing file", ["train", "--config", "absent.yaml", "--output", "run"], "absent.yaml", "no such file"),
  .call("folder for a file", ["train", "--config", ".", "--output", "run"], "folder"),
  // Overrides
  .call("override without a value", train + ["--set", "training.epochs"], "training.epochs"),
  .call("override of an unknown key", train + ["--set", "training.epoch=3"], "epoch", "epochs"),
  .call("override of a wrong type", train + ["--set", "training.epochs=many"], "many"),
  .call(
    "limits that exclude each other", train + ["--set", "training.minutes=5"], "training.minutes", "training.epochs"),
  .call(
    "warm-up without an end", train + ["--set", "training.schedule={kind: cosine, warmupEpochs: 3}"], "warmupEpochs",
    "3"),
  .call(
    "best of nothing", train + ["--set", "training.keep=best", "--set", "data.validation=0"], "training.keep",
    "validation"),
  .call("steerable blocks in a plain network", train + ["--set", "model.kind=plain-cnn"], "fields", "channels"),
  .call("a last batch of one image", train + ["--set", "training.batchSize=63"], "64", "63", "training.dropLast"),
  .call("batches of one image", train + ["--set", "training.batchSize=1"], "batch norm", "training.batchSize"),
  .call("one image", train + ["--set", "data.training=1"], "1 training images", "batch norm"),
  .call("override into a value", train + ["--set", "seed.x=1"], "seed"),
  .call("override of an absent block", train + ["--set", "model.blocks.7.kernelSize=3"], "blocks", "7"),
  .call("more memory than there is", train + ["--set", "data.training=1000000", "--set", "data.imageSide=257"], "GB"),
  // Flags
  .call("no verb's flag", ["train", "--config", "c.yaml", "--outptu", "run"], "outptu"),
  .call("unknown verb", ["trian"], "trian"),
  .call("unknown device", train + ["--device", "tpu"], "tpu", "cpu"),
  .call("rotations without a step", ["evaluate", "--run", "run", "--rotations", "0:360"], "from:to:step"),
  .call("rotations that go nowhere", ["evaluate", "--run", "run", "--rotations", "0:360:0"], "step"),
  .call("rotations backwards", ["evaluate", "--run", "run", "--rotations", "0:360:-15"], "step"),
  .call("negative angles, no run", ["evaluate", "--rotations", "-180:180:15", "--run", "nothing"], "nothing"),
  .call("too many rotations", ["evaluate", "--run", "run", "--rotations", "0:360:0.001"], "10000"),
  .call("no images", ["evaluate", "--run", "run", "--limit", "0"], "--limit", "1"),
  .call("negative tolerance", ["verify", "--config", "c.yaml", "--tolerance=-1"], "--tolerance"),
  .call("overrides of a run", ["verify", "--run", "run", "--set", "seed=1"], "--set", "--config"),
  .call("verify nothing", ["verify"], "--config"),
  .call(
    "kernel of no size",
    ["inspect", "kernel-basis", "--group", "C4", "--in", "trivial", "--out", "regular", "--kernel-size", "0"],
    "kernel-size"),
  .call(
    "kernel of an unknown group",
    ["inspect", "kernel-basis", "--group", "Q8", "--in", "trivial", "--out", "regular", "--kernel-size", "3"], "Q8"),
  .call(
    "kernel of an unknown cut-off",
    [
      "inspect", "kernel-basis", "--group", "C4", "--in", "trivial", "--out", "regular", "--kernel-size", "3",
      "--cutoff", "steep",
    ], "steep", "default"),
  .call(
    "kernels without end",
    ["inspect", "kernel-basis", "--group", "D256", "--in", "regular", "--out", "regular", "--kernel-size", "5"], "GB"),
  .call(
    "kernel size in words",
    ["inspect", "kernel-basis", "--group", "C4", "--in", "trivial", "--out", "regular", "--kernel-size", "three"],
    "three"),
  .call(
    "kernel of a huge group",
    ["inspect", "kernel-basis", "--group", "C100000", "--in", "trivial", "--out", "regular", "--kernel-size", "3"],
    "100000", "256"),
  .call(
    "regular of a continuous group", ["inspect", "representation", "--group", "SO2", "--representation", "regular"],
    "SO2", "finite"),
  .call(
    "huge representation", ["inspect", "representation", "--group", "C8", "--representation", "100000 regular"],
    "800000"),
  .call(
    "unfinished notation", ["inspect", "representation", "--group", "C8", "--representation", "irrep(1"], "character 8"),
  .call("model of a missing file", ["inspect", "model", "--config", "absent.yaml"], "absent.yaml", "no such file"),
  .call("demo without configurations", ["demo", "--configs", "nowhere"], "nowhere/c8.yaml"),
  .call(
    "demo over other files", ["demo", "--configs", demo, "--output", "other"], files: ["other/x.txt": "x"], "other",
    "x.txt"),
  .call(
    "product beyond memory",
    ["inspect", "representation", "--group", "C256", "--representation", "tensor(regular,regular)"], "tensor", "larger"),
  .call(
    "restriction beyond memory",
    ["inspect", "representation", "--group", "C1", "--representation", "restricted(C1000000,1,regular)"], "C1000000"),
  .call(
    "irrep beyond counting",
    ["inspect", "representation", "--group", "C8", "--representation", "irrep(9223372036854775807)"], "irrep"),
  .call(
    "frequency beyond counting",
    ["inspect", "representation", "--group", "SO2", "--representation", "irrep(9223372036854775807)"], "irrep"),
  .call("irrep out of range", ["inspect", "representation", "--group", "C4", "--representation", "irrep(7)"], "irrep"),
  .call(
    "no such subgroup",
    ["inspect", "representation", "--group", "D4", "--representation", "regular", "--restrict", "(None,3)"], "3"),
  .call("unknown export format", ["export", "--run", "run", "--format", "onyx", "--output", "x"], "onyx"),
  // Data
  .data("no data folder", "mnist", [], "STEERABLE_DATA"),
  .data("empty data folder", "mnist", ["--data", "d"], files: ["d/readme": []], "train-images-idx3-ubyte"),
  .data("folder that is none", "rotated-mnist", ["--data", "nowhere"], "nowhere"),
  .data("file for a folder", "mnist", ["--data", "d"], files: ["d": []], "d is no folder"),
  .data(
    "broken archive", "mnist", ["--data", "d"],
    files: ["d/train-images-idx3-ubyte.gz": Array("not gzip".utf8), "d/train-labels-idx1-ubyte.gz": []],
    "train-images-idx3-ubyte.gz"),
  .data(
    "truncated idx", "mnist", ["--data", "d"],
    files: ["d/train-images-idx3-ubyte": images(2).dropLast(7), "d/train-labels-idx1-ubyte": labels([3, 4])],
    "train-images-idx3-ubyte", "1568"),
  .data(
    "labels for images", "mnist", ["--data", "d"],
    files: ["d/train-images-idx3-ubyte": labels([3, 4, 5, 6, 7, 8, 9, 0]), "d/train-labels-idx1-ubyte": labels([3])],
    "train-images-idx3-ubyte", "0 0 8 3"),
  .data(
    "label out of range", "mnist", ["--data", "d"],
    files: ["d/train-images-idx3-ubyte": images(2), "d/train-labels-idx1-ubyte": labels([3, 12])],
    "train-labels-idx1-ubyte", "12", "0 to 9"),
  .data(
    "fewer labels than images", "mnist", ["--data", "d"],
    files: ["d/train-images-idx3-ubyte": images(3), "d/train-labels-idx1-ubyte": labels([3, 1])],
    "train-labels-idx1-ubyte", "3"),
  .data(
    "fewer images than asked for", "mnist", ["--data", "d"],
    files: [
      "d/train-images-idx3-ubyte": images(3), "d/train-labels-idx1-ubyte": labels([3, 1, 0]),
      "d/t10k-images-idx3-ubyte": images(1), "d/t10k-labels-idx1-ubyte": labels([3]),
    ], "3 images", "80"),
  .data(
    "amat with a short line", "rotated-mnist-original", ["--data", "d"],
    files: ["d/mnist_all_rotation_normalized_float_train_valid.amat": amat(785) + amat(780)], "line 2", "780", "784"),
  .data(
    "amat with a word", "rotated-mnist-original", ["--data", "d"],
    files: ["d/mnist_all_rotation_normalized_float_train_valid.amat": amat(785) + Array("0.5 zero".utf8)], "line 2",
    "zero"),
  .data("more images than there are", "mnist", ["--set", "data.training=60000"], "data.training", "60016", "60000"),
  // Runs and checkpoints
  .call("no run", ["evaluate", "--run", "nothing"], "nothing"),
  .call("folder that is no run", ["evaluate", "--run", "other"], files: ["other/x.txt": "x"], "other"),
  .call(
    "output that is a file", ["train", "--config", "c.yaml", "--output", "o", "--quiet"], files: ["o": "x"],
    "o: is a file"),
  .call(
    "run that is a file", ["export", "--run", "c.yaml", "--format", "torchscript", "--output", "x.pt"],
    "c.yaml: is a file"),
  .call(
    "output with foreign files", ["train", "--config", "c.yaml", "--output", "other", "--quiet"],
    files: ["other/x.txt": "x"], "other"),
  .call("nothing to resume", train + ["--resume"], "--resume"),
  .call(
    "weights that are none", ["evaluate", "--run", "fake"],
    files: ["fake/manifest.json": "{}", "fake/config.yaml": "name: x\n"], "fake"),
  // Weights of other libraries
  .call(
    "import of a missing file", ["import", "--from", "absent.pt", "--config", "c.yaml", "--output", "run"],
    "absent.pt", "no such file"),
  .importing(
    "import of text", Array("hello, world".utf8), "w.pt", "neither a file of torch.save nor one of safetensors"),
  .importing("import of nothing", [], "w.pt"),
  .importing(
    "pickle that would run a command", [0x80, 2] + Array("cos\nsystem\n(S'touch pwned'\ntR.".utf8), "w.pt", "os.system",
    "not allowed"),
  .importing(
    "a whole model", golden("pickle/whole_model.pt"), "w.pt", "torch.nn.modules.container.Sequential", "state_dict"),
  .importing("a file cut short", Array(golden("networks/e2cnn_classifier.pt").dropLast(900)), "w.pt"),
  .importing("weights of another network", golden("networks/e2cnn_c4.pt"), "w.pt", "\"body.0\""),
  .importing("plain weights", golden("pickle/checkpoint.pt"), "w.pt", "linear layer", "features.0"),
  .importing("a key that is not there", golden("pickle/ambiguous.pt"), extra: ["--key", "c"], "w.pt", "\"c\"", "a, b"),
  .importing("several dictionaries", golden("pickle/ambiguous.pt"), "w.pt", "\"a\", \"b\""),
  .importing("another byte order", golden("pickle/big_endian.pt"), "w.pt", "big-endian"),
  .importing("map without a name", golden("networks/e2cnn_classifier.pt"), extra: ["--map", "features.0"], "--map"),
  .importing(
    "map of an unknown module", golden("networks/e2cnn_classifier.pt"), extra: ["--map", "features.9=body.0"],
    "features.9", "features.0"),
  .importing("tolerance of all", golden("networks/e2cnn_classifier.pt"), extra: ["--tolerance", "1"], "--tolerance"),
  .importing(
    "another kernel size", golden("networks/escnn_classifier.pt"), extra: ["--set", "model.blocks.1.kernelSize=5"],
    "\"body.4\""),
  .importing(
    "import over other files", golden("networks/e2cnn_classifier.pt"), files: ["run/x.txt": Data("x".utf8)], "run",
    "other files"),
  .call(
    "state dictionary without a template", ["export", "--run", "run", "--format", "state-dict", "--output", "x"],
    "--like"),
]

extension BadInput {
  /// Runs the command and expects one clear error that says `message`, and nothing left behind.
  func check() throws {
    let command = try Command()
    defer { command.remove() }
    var configuration = Command.tinyConfiguration
    if let (line, other) = replacing {
      try #require(configuration.contains(line), "the tiny configuration has no \(line)")
      configuration = configuration.replacingOccurrences(of: line, with: other)
    }
    try command.write(configuration, to: "c.yaml")
    for (name, bytes) in files { try command.write(bytes, to: name) }
    let before = command.files

    let outcome = try command.run(arguments)

    #expect(outcome.code == 2, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for part in message { #expect(outcome.errors.contains(part), "\(part) is missing in: \(outcome.errors)") }
    // One error, not a list; the parser's own messages add a usage line.
    let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix("Usage:") && !$0.hasPrefix("  See ") }
    #expect(lines.count <= 2, "\(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
    #expect(command.files == before, "left behind: \(command.files.subtracting(before).sorted())")
  }
}

struct BadInputTests {
  @Test(arguments: badInputs)
  func oneClearErrorAndNothingLeftBehind(_ bad: BadInput) throws { try bad.check() }

  @Test func thereAreAtLeastThirty() {
    #expect(badInputs.count >= 30)
    print("bad inputs checked: \(badInputs.count)")
  }
}
