import Foundation
import Interchange
import OrderedCollections
import TestSupport
import Testing

/// Wrong files of radio galaxies, and wrong INI files of their study: what is given, and what the message must say.
private enum Galaxies {
  static let miraBest = PickledGalaxies.miraBest
  static let twoClasses = PickledGalaxies.twoClasses(batches: 8)
  static let archive = Gzip.compressed(tar(miraBest))

  static func tar(_ files: [String: [UInt8]], also: [(String, [UInt8])] = []) -> [UInt8] {
    PickledGalaxies.tar(
      files.sorted { $0.key < $1.key }.map { (name: "batches/\($0.key)", bytes: $0.value) }
        + also.map { (name: "batches/\($0.0)", bytes: $0.1) })
  }

  /// Unpacked files with one replaced; nil leaves it out.
  static func unpacked(_ files: [String: [UInt8]], _ name: String, _ bytes: [UInt8]?) -> [String: [UInt8]] {
    var files = files
    files[name] = bytes
    return Dictionary(uniqueKeysWithValues: files.map { ("d/batches/\($0.key)", $0.value) })
  }

  /// Training on wrong files in the folder `d`.
  static func data(
    _ name: String, _ files: [String: [UInt8]], of kind: String = "mirabest", _ message: String...
  ) -> BadInput {
    var bad = BadInput.data(name, "\(kind)\n  crop: 16", ["--data", "d"], files: files)
    bad.message = message
    return bad
  }

  /// A wrong first batch of MiraBest.
  static func batch(_ name: String, _ bytes: [UInt8], _ message: String...) -> BadInput {
    var bad = data(name, unpacked(miraBest, "data_batch_1", bytes))
    bad.message = ["d/batches/data_batch_1"] + message
    return bad
  }

  static let title = "training batch 1 of 7"

  static func first(
    labels: [Int] = Array(0..<10), data: [PickledGalaxies.Value]? = nil, without key: String? = nil
  ) -> [UInt8] {
    PickledGalaxies.batch(title, labels: labels, data: data, without: key)
  }

  /// Ten images of which the fourth is another value.
  static func first(with value: PickledGalaxies.Value) -> [UInt8] {
    var values = (0..<10).map { PickledGalaxies.image(UInt8($0)) }
    values[3] = value
    return first(data: values)
  }

  /// A pickle that would run code when Python reads it.
  static func hostile(_ text: String) -> [UInt8] { [0x80, 3] + Array(text.utf8) }

  /// All of MiraBest in one file, with one array replaced.
  static func npz(_ name: String, _ array: HostArray?, cut: Int = 0) -> [String: [UInt8]] {
    var arrays: OrderedDictionary<String, HostArray> = [
      "images": HostArray(.uint8, shape: [8, 150, 150], bytes: [UInt8](repeating: 1, count: 8 * 22_500)),
      "labels": HostArray(.uint8, shape: [8], bytes: [0, 5, 0, 5, 0, 5, 0, 5]),
      "batch": HostArray(.uint8, shape: [8], bytes: [0, 0, 1, 1, 2, 2, 7, 7]),
    ]
    arrays[name] = array
    let url = FileManager.default.temporaryDirectory.appending(path: "steerable-\(UUID().uuidString).npz")
    defer { try? FileManager.default.removeItem(at: url) }
    try? NumPy.write(arrays, to: url)
    return ["d/mirabest_full.npz": Array((try? Data(contentsOf: url)) ?? Data()).dropLast(cut)]
  }

  /// A configuration of the original with one line replaced.
  static func ini(_ name: String, _ line: String, _ other: String, _ message: String...) -> BadInput {
    BadInput(
      name: name, arguments: ["train", "--config", "mb.txt", "--output", "run", "--quiet"],
      files: ["mb.txt": Data(OriginalConfiguration.text.replacingOccurrences(of: line, with: other).utf8)],
      message: message)
  }

  static var damaged: [UInt8] {
    var bytes = archive
    for index in 0..<16 { bytes[bytes.count / 2 + index] ^= 0x55 }
    return bytes
  }

  static let name = "d/MiraBest_full_batches.tar.gz"

  static let files: [BadInput] = [
    data("archive cut short", [name: Array(archive.dropLast(archive.count / 3))], name, "end"),
    data("archive without its checksum", [name: Array(archive.dropLast(6))], name, "too early"),
    data("damaged gzip data", [name: damaged], name, "damaged"),
    data("text for an archive", [name: Array("hello, world".utf8)], name, "end"),
    data("archive that lacks a batch", [name: tar(miraBest.filter { $0.key != "data_batch_5" })], name, "data_batch_5"),
    data(
      "archive with a batch twice", [name: tar(miraBest, also: [("data_batch_2", miraBest["data_batch_2"] ?? [])])],
      name,
      "two files data_batch_2"),
    data(
      "a batch under the name of another", unpacked(miraBest, "data_batch_4", miraBest["data_batch_3"]),
      "data_batch_4", "training batch 3 of 7", "training batch 4 of 7"),
    data("folder that lacks a batch", unpacked(miraBest, "data_batch_6", nil), "data_batch_6", "zenodo"),
    data("folder without the names of the classes", unpacked(miraBest, "batches.meta", nil), "batches.meta"),
    data("empty folder", ["d/readme": []], "MiraBest_full_batches.tar.gz", "zenodo"),
    data(
      "wrong checksum in hash.md5",
      unpacked(twoClasses, "hash.md5", Array((String(repeating: "0", count: 32) + "  data_batch_7\n").utf8)),
      of: "mirabest-2019", "data_batch_7", "MD5", "00000000000000000000000000000000"),
    data(
      "another archive than the published", ["d/FIRST_PNG_dataset.tar.gz": archive], of: "fr-deep",
      "FIRST_PNG_dataset.tar.gz", "MD5", "2f39461e6c62fb45289559915106013a"),
    data(
      "batches of another data set", unpacked(twoClasses, "hash.md5", nil), "batches.meta", "FRI, FRII", "100, 102"),
    data(
      "fewer images than the description has",
      unpacked(miraBest, "batches.meta", PickledGalaxies.meta(PickledGalaxies.codes, size: 12)), "10 images", "12"),
    data(
      "a class without images",
      Dictionary(
        uniqueKeysWithValues: miraBest.map { key, bytes in
          guard let number = key.split(separator: "_").last.flatMap({ Int($0) }) else {
            return ("d/batches/\(key)", bytes)
          }
          return (
            "d/batches/\(key)",
            PickledGalaxies.batch("training batch \(number) of 7", labels: [Int](repeating: 6, count: 10))
          )
        }), "no training image is of the class FRI"),
    batch("text for a pickle", Array("one two three".utf8), "pickle"),
    batch("pickle cut short", Array(first().dropLast(1000)), "ends"),
    batch("bytes after a pickle", first() + [0], "1 bytes follow"),
    batch("os.system", hostile("cos\nsystem\n(X\u{B}\0\0\0touch pwnedtR."), "os.system", "not allowed"),
    batch("eval", hostile("cbuiltins\neval\n(X\u{3}\0\0\01+1tR."), "builtins.eval", "not allowed"),
    batch(
      "getattr inside an array's call", hostile("cnumpy.core.multiarray\n_reconstruct\n(cbuiltins\ngetattr\ntR."),
      "builtins.getattr"),
    batch(
      "posix.system at the end of a batch", Array(first().dropLast()) + Array("cposix\nsystem\n0.".utf8), "posix.system"
    ),
    batch("INST", hostile("(X\u{2}\0\0\0idios\nsystem\n."), "INST"),
    batch("a set", [0x80, 4, 0x8F, 0x2E], "EMPTY_SET"),
    batch("an outside object", [0x80, 3, 0x4E, 0x51, 0x2E], "BINPERSID"),
    batch(
      "another object than a dictionary", PickledGalaxies.pickle(.list([.int(1)])), "the batch is a list", "dictionary"),
    batch("no labels", first(without: "labels"), "no \"labels\""),
    batch("no data", first(without: "data"), "no \"data\""),
    batch("no title", first(without: "batch_label"), "no \"batch_label\""),
    batch(
      "fewer labels than images", first(labels: [1, 2], data: [PickledGalaxies.image(0)]), "2 labels for 1 images"),
    batch("label out of range", first(labels: Array(0..<9) + [10]), "image 9", "label 10", "0 to 9"),
    batch("negative label", first(labels: [-1] + Array(1..<10)), "image 0", "label -1"),
    batch(
      "image of another shape",
      first(with: .array(type: "u1", shape: [100, 100], bytes: .init(repeating: 0, count: 10_000))),
      "image 3", "[100, 100]", "[150, 150]"),
    batch(
      "image of another type",
      first(with: .array(type: "f4", shape: [22_500], bytes: .init(repeating: 0, count: 90_000))),
      "image 3", "float32", "uint8"),
    batch(
      "image with too few bytes",
      first(with: .array(type: "u1", shape: [22_500], bytes: .init(repeating: 0, count: 400))),
      "image 3", "400 bytes"),
    batch("image that is a number", first(with: .int(7)), "image 3", "an integer", "array"),
    data(
      "no number in an image", npz("images", HostArray([Float](repeating: 0, count: 3) + [.nan], shape: [4])), "images",
      "value 3 is nan"),
    data("array of doubles", npz("labels", HostArray([0.0, 1], shape: [2])), "labels", "float64", "uint8"),
    data("arrays without labels", npz("labels", nil), "\"labels\"", "images, batch"),
    data(
      "arrays of other images",
      npz("images", HostArray(.uint8, shape: [1, 28, 28], bytes: .init(repeating: 0, count: 784))),
      "[1, 28, 28]", "150"),
    data("arrays of other lengths", npz("batch", HostArray(.uint8, shape: [2], bytes: [0, 7])), "batch", "[2]", "[8]"),
    data(
      "label beyond the classes of an array",
      npz("labels", HostArray(.uint8, shape: [8], bytes: [0, 5, 0, 5, 0, 5, 10, 5])),
      "labels", "value 6 is 10", "0 to 9"),
    data("arrays cut short", npz("x", nil, cut: 50), "mirabest_full.npz"),
  ]

  static let configurations: [BadInput] = [
    ini("unquoted text", "'VanillaLeNet'", "VanillaLeNet", "mb.txt:3", "[model] base", "quotes"),
    ini("other truth value", "quiet: True", "quiet: yes", "mb.txt:6", "[model] quiet"),
    ini("an expression", "epochs: 600", "epochs: 2 * 300", "mb.txt:17", "[training] epochs"),
    ini(
      "unknown network", "'VanillaLeNet'", "'VanilaLeNet'", "mb.txt:3", "[model] base", "did you mean 'VanillaLeNet'",
      "HMTNet"),
    ini("unknown data", "'MBFRConfident'", "'MBFRSure'", "mb.txt:9", "[data] dataset", "MBFRUncertain, MBHybrid"),
    ini("data that no one has", "'MBFRConfident'", "'MLFR'", "mb.txt:9", "never published"),
    ini("no rotations", "'VanillaLeNet'", "'DNSteerableLeNet'", "mb.txt:4", "[model] nrot", "whole number"),
    ini("no section", "[training]", "[train]", "[training]", "[train]"),
    ini("no key", "batch_size: 50", "batchsize: 50", "mb.txt:15", "[training]", "batch_size"),
    ini("text for a number", "lr0: 1e-4", "lr0: 'fast'", "mb.txt:20", "[training] lr0", "number"),
    ini("other classes", "num_classes: 2", "num_classes: 3", "mb.txt:19", "num_classes", "2 classes"),
    ini("nothing to validate with", "frac_val: 0.2", "frac_val: 0", "mb.txt:16", "frac_val", "more than 0"),
    ini("larger than the images", "imsize: 150", "imsize: 300", "mb.txt:18", "data.crop", "300"),
    ini("no epoch", "epochs: 600", "epochs: 0", "mb.txt:17", "training.epochs", "0"),
    ini("a key twice", "decay: 1e-6", "lr0: 1e-6", "mb.txt:21", "[training] lr0", "twice"),
    ini("no value", "datamean: 0.0031", "datamean", "mb.txt:11", "[data]", "datamean"),
    BadInput(
      name: "override that does not fit",
      arguments: ["train", "--config", "mb.txt", "--set", "training.epoch=3", "--output", "run", "--quiet"],
      files: ["mb.txt": Data(OriginalConfiguration.text.utf8)], message: ["--set training.epoch=3", "epochs"]),
  ]
}

struct BadGalaxyDataTests {
  @Test(arguments: Galaxies.files) func wrongFiles(_ bad: BadInput) throws { try bad.check() }

  @Test(arguments: Galaxies.configurations) func wrongConfigurations(_ bad: BadInput) throws { try bad.check() }

  @Test func thereAreAtLeastTwenty() {
    #expect(Galaxies.files.count >= 20)
    print(
      "wrong files of radio galaxies checked: \(Galaxies.files.count), wrong INI files: \(Galaxies.configurations.count)"
    )
  }
}
