import Foundation
import Interchange
import OrderedCollections
import Tensors
import Testing

/// Files of `torch.save`, in both formats.
struct PyTorchFileTests {
  private static let golden = PickleTests.golden

  @Test(arguments: ["state_zip.pt", "state_legacy.pt"]) func everyTypeAndLayout(name: String) throws {
    let state = try PyTorchFile.readStateDict(Self.golden(name))
    let base: [Double] = [-2, -1, 0, 1, 2, 3]
    let quarter: [Double] = base.map { $0 / 4 }
    let expected: [(String, ElementType, [Int], [Double])] = [
      ("float64", .float64, [2, 3], base), ("float32", .float32, [2, 3], base), ("float16", .float16, [2, 3], base),
      ("bfloat16", .bfloat16, [2, 3], base), ("int64", .int64, [2, 3], base), ("int32", .int32, [2, 3], base),
      ("int16", .int16, [2, 3], base), ("int8", .int8, [2, 3], base), ("uint8", .uint8, [2, 3], base.map { $0 + 2 }),
      ("bool", .bool, [2, 3], [0, 0, 0, 1, 1, 1]),
      ("transposed", .float32, [3, 2], [-0.5, 0.25, -0.25, 0.5, 0, 0.75]),
      ("first", .float64, [4], [0, 1, 2, 3]), ("view", .float64, [2], [2, 5]),
      ("grid", .float64, [2, 2, 2], [1, 6, 4, 9, 2, 7, 5, 10]),
      ("repeated", .float32, [3, 2], [Double](repeating: 1.5, count: 6)), ("parameter", .float32, [2, 3], quarter),
      ("scalar", .float32, [], [2.5]), ("empty", .float32, [0, 4], []),
    ]
    #expect(state.count == expected.count + 1)
    for (key, element, shape, values) in expected {
      let array = try #require(state[key], "\(key)")
      #expect(array.element == element, "\(key)")
      #expect(array.shape == shape, "\(key)")
      #expect(array.doubles == values, "\(key)")
    }
    #expect(state["complex64"]?.bytes.count == 48)
    #expect(try state["complex64"]?.tensor().dtype == .complex64)
  }

  @Test func unsignedIntegers() throws {
    let state = try PyTorchFile.readStateDict(Self.golden("unsigned.pt"))
    #expect(state["uint16"]?.integers == [65535])
    #expect(state["uint32"]?.integers == [1 << 31])
  }

  @Test func checkpointsOfTrainingScripts() throws {
    let state = try PyTorchFile.readStateDict(Self.golden("checkpoint.pt"))
    #expect(
      Array(state.keys) == [
        "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
      ])
    #expect(state["1.num_batches_tracked"]?.integers == [1])
    #expect(try PyTorchFile.readStateDict(Self.golden("ambiguous.pt"), at: "b").count == 7)
    expectError(.malformed, "holds several dictionaries of tensors: \"a\", \"b\"") {
      _ = try PyTorchFile.readStateDict(Self.golden("ambiguous.pt"))
    }
    expectError(.missing, "the file holds no \"c\"; expected one of a, b") {
      _ = try PyTorchFile.readStateDict(Self.golden("ambiguous.pt"), at: "c")
    }
  }

  @Test(arguments: [
    ("whole_model.pt", "asks for torch.nn.modules.container.Sequential, which is not allowed"),
    ("whole_model_legacy.pt", "asks for torch.nn.modules.container.Sequential, which is not allowed"),
    ("bare_tensor.pt", "the saved object is a call of torch._utils._rebuild_tensor_v2"),
    ("float8.pt", "asks for torch.float8_e4m3fn"), ("big_endian.pt", "the numbers are big-endian"),
  ])
  func refusedFiles(name: String, part: String) {
    expectError(.unsupported, part) { _ = try PyTorchFile.readStateDict(Self.golden(name)) }
  }

  @Test func filesThatAreNone() throws {
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.pt")
      for (bytes, part) in [
        (Array("hello".utf8), "this is no file of torch.save"), ([], "this is no file of torch.save"),
        ([0x80, 2, 0x4E, 0x2E], "this pickle is no file of torch.save"), (Array("PK\u{3}\u{4}".utf8), "no zip archive"),
      ] as [([UInt8], String)] {
        try AtomicFile.write(bytes, to: url)
        let error = Fixtures.error { _ = try PyTorchFile.readStateDict(url) }
        #expect(error?.description.contains(part) == true, "\(error.map { "\($0)" } ?? "no error")")
      }
      #expect(try PyTorchFile.isRecognized(Self.golden("state_zip.pt")))
      #expect(try PyTorchFile.isRecognized(Self.golden("state_legacy.pt")))
      #expect(try !PyTorchFile.isRecognized(Fixtures.golden("types.safetensors")))
    }
  }

  /// Tensors that lie about their storage.
  @Test func tensorsBeyondTheirStorage() throws {
    let original = try Fixtures.bytes(Self.golden("state_legacy.pt"))
    // Of `repeated`: shape (3, 2), strides (0, 0) over one element.
    let strides: [UInt8] = [0x4B, 3, 0x4B, 2, 0x86]
    let found = original.indices.filter { original[$0...].starts(with: strides) }
    try #require(found.count >= 1)
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.pt")
      for place in found {
        var bytes = original
        bytes.replaceSubrange(place..<(place + 5), with: [0x4A, 0xFF, 0xFF, 0xFF, 0x7F, 0x4B, 200, 0x86])
        try AtomicFile.write(bytes, to: url)
        let error = try #require(Fixtures.error { _ = try PyTorchFile.readStateDict(url) })
        #expect(
          ["reaches beyond its storage", "takes"].contains { error.description.contains($0) }, "\(error)")
      }
    }
  }

  @Test(arguments: ["state_zip.pt", "state_legacy.pt", "checkpoint.pt"]) func mutatedFiles(name: String) throws {
    let original = try Fixtures.bytes(Self.golden(name))
    var rng = Mutations(seed: 11)
    try Fixtures.withFolder { folder in
      let url = folder.appendingPathComponent("a.pt")
      var refused = 0
      for _ in 0..<200 {
        try Data(rng.mutate(original)).write(to: url)
        do {
          for (key, array) in try PyTorchFile.readStateDict(url) { _ = try array.tensor(path: key) }
        } catch is InterchangeError {
          refused += 1
        }
      }
      #expect(refused > 50, "\(refused) of 200 were refused")
      for length in stride(from: 0, to: original.count, by: 97) {
        try Data(original[..<length]).write(to: url)
        #expect(Fixtures.error { _ = try PyTorchFile.readStateDict(url) } != nil, "cut at \(length)")
      }
    }
  }
}
