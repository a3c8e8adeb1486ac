import Datasets
import Foundation
import Interchange
import Testing

@Suite struct AMATTests {
  private let shape = ImageShape(height: 2, width: 2)
  private let classes = (0..<10).map(String.init)

  private func read(_ text: String, isCompressed: Bool = false) throws -> ImageDataset {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("digits.amat")
      try AtomicFile.write(isCompressed ? Gzip.compressed(Array(text.utf8)) : Array(text.utf8), to: url)
      return try AMATFile.read(url, imageShape: shape, classNames: classes)
    }
  }

  @Test(arguments: [false, true]) func numbers(isCompressed: Bool) throws {
    let text = "  0.0 0.1234567 1 2.5e-1 7.0000000e+00\n\n0 .5 1. 0.99999999999999999 3\r\n"
    let data = try read(text, isCompressed: isCompressed)
    #expect(data.labels == [7, 3])
    #expect(data.images == [0, 0.1234567, 1, 0.25, 0, 0.5, 1, 1])
    #expect(data.name == "digits")
    // The last line may lack its end.
    #expect(try read("1 2 3 4 5").labels == [5])
  }

  @Test(arguments: [
    ("1 2 3 4\n", "line 1: there are 4 values; expected 4 pixels and a label"),
    ("1 2 3 4 5\n1 2 3 4 5 6\n", "line 2: there are 6 values"),
    ("1 2 3 4 5\n1 x 3 4 5\n", "line 2: \"x\" is value 2; expected a finite number"),
    ("1 2 3 nan 5\n", "line 1: \"nan\" is value 4"),
    ("1 2 3 inf 5\n", "line 1: \"inf\" is value 4"),
    ("\n\n1 2 3 4 10\n", "line 3: the label is 10.0; expected a whole number from 0 to 9"),
    ("1 2 3 4 1.5\n", "line 1: the label is 1.5"),
    ("1 2 3 4 -1\n", "line 1: the label is -1.0"),
    ("", "line 1: the file is empty"),
    ("1 2 3 4 5\n1 2", "line 2: there are 2 values"),
  ]) func wrongLines(text: String, part: String) {
    expectDatasetError(part) { _ = try read(text) }
  }

  @Test func manyLines() throws {
    // More than one part of the file.
    let lines = (0..<60_000).map { "0.\($0 % 1000) 0.5 0.25 1.0 \($0 % 10)" }
    let data = try read(lines.joined(separator: "\n"))
    #expect(data.count == 60_000)
    #expect(data.labels == (0..<60_000).map { $0 % 10 })
    #expect(data.images[4 * 59_999] == 0.999)
  }

  @Test func missingFiles() throws {
    try Fixtures.withFolder { folder in
      expectDatasetError("there is no mnist_all_rotation_normalized_float_train_valid.amat") {
        _ = try RotatedMNIST.loadOriginal(from: folder)
      }
    }
  }

  @Test func originalLayout() throws {
    try Fixtures.withFolder { folder in
      let line = { (label: Int) in String(repeating: "0.5 ", count: 784) + "\(label)\n" }
      for (part, labels) in [("train_valid", [1, 2, 3]), ("test", [4, 5])] {
        try AtomicFile.write(
          labels.map(line).joined(),
          to: folder.appendingPathComponent("mnist_all_rotation_normalized_float_\(part).amat"))
      }
      let splits = try RotatedMNIST.loadOriginal(from: folder, validationCount: 1)
      #expect([splits.training.labels, splits.validation.labels, splits.test.labels] == [[1, 2], [3], [4, 5]])
    }
  }
}
