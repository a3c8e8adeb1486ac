import Foundation
import Interchange
import OrderedCollections
import Testing

/// Pickles that Python wrote, in every protocol.
struct PickleTests {
  static func golden(_ name: String) -> URL { Fixtures.root.appendingPathComponent("Tests/Goldens/pickle/\(name)") }

  @Test(arguments: 0...5) func plainValuesOfEveryProtocol(version: Int) throws {
    let pickle = try Pickle.read(Self.golden("plain_\(version).pkl"), rules: .plain)
    guard case .dictionary(let entries)? = pickle.object(pickle.root) else {
      Issue.record("the root is \(pickle.root)")
      return
    }
    var values: [String: PickleValue] = [:]
    for entry in entries {
      guard case .text(let key) = entry.key else {
        #expect(entry.key == .integer(3))
        #expect(entry.value == .text("number as key"))
        continue
      }
      values[key] = entry.value
    }
    let expected: [String: PickleValue] = [
      "none": .none, "true": .bool(true), "false": .bool(false), "small": .integer(7), "negative": .integer(-3),
      "word": .integer(70000), "long": .integer(1 << 40), "float": .float(0.1),
      "text": .text("größe \\ 'x'\n\u{20AC}"), "bytes": .bytes([0, 0xFF, 0x27, 0x5C]),
      "huge": .largeInteger([UInt8](repeating: 0, count: 10) + [1]),
      "minus": .largeInteger([UInt8](repeating: 0, count: 10) + [0xFF]),
    ]
    for (key, value) in expected { #expect(values[key] == value, "\(key) in protocol \(version)") }
    func list(_ key: String) throws -> [PickleValue] { try pickle.elements(try #require(values[key]), key) }
    #expect(try pickle.elements(try list("list")[1], "inner")[0] == .integer(2))
    #expect(try list("tuple").count == 4)
    #expect(try pickle.integers(try list("tuple")[3], "inner") == [1, 2, 3, 4])
    #expect(pickle.object(try #require(values["set"])) == .set([.integer(5)]))
    #expect(pickle.object(try #require(values["frozen"])) == .set([.integer(6)]))
    let ordered = try pickle.dictionary(try #require(values["ordered"]), "ordered")
    #expect(Array(ordered.keys) == ["b", "a"])
    // Both elements are one object.
    let shared = try list("shared")
    #expect(shared[0] == shared[1])
    #expect(try pickle.integers(shared[0], "shared") == [1, 2])
  }

  @Test func cyclesAreData() throws {
    let pickle = try Pickle.read(Self.golden("cycle.pkl"), rules: .plain)
    #expect(try pickle.elements(pickle.root, "the list") == [pickle.root])
  }

  @Test(arguments: [2, 4, 5]) func arraysOfNumPy(version: Int) throws {
    let pickle = try Pickle.read(Self.golden("numpy_\(version).pkl"), rules: .numPy)
    let values = try pickle.dictionary(pickle.root, "the root")
    let expected: [(String, ElementType, [Int], [Double])] = [
      ("f8", .float64, [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]),
      ("f4", .float32, [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]),
      ("big", .float32, [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]), ("u1", .uint8, [2, 3], [0, 1, 2, 3, 4, 5]),
      ("i8", .int64, [2, 3], [0, 1, 2, 3, 4, 5]), ("bool", .bool, [2, 3], [1, 0, 1, 0, 1, 0]),
      ("fortran", .int16, [2, 3], [0, 1, 2, 3, 4, 5]), ("empty", .float32, [0, 3], []),
      ("scalar", .float64, [], [2.5]),
    ]
    for (name, element, shape, numbers) in expected {
      let array = try pickle.array(try #require(values[name]), name)
      #expect(array.element == element, "\(name)")
      #expect(array.shape == shape, "\(name)")
      #expect(array.doubles == numbers, "\(name)")
    }
  }

  @Test func batchOfPython2() throws {
    let pickle = try Pickle.read(Self.golden("python2_batch.pkl"), rules: .numPy)
    let batch = try pickle.dictionary(pickle.root, "the batch")
    #expect(try pickle.array(try #require(batch["data"]), "data").doubles == [1, 2, 3, 250])
    #expect(try pickle.integers(try #require(batch["labels"]), "labels") == [0, 1])
    let names = try pickle.elements(try #require(batch["filenames"]), "names").map { try pickle.text($0, "a name") }
    #expect(names == ["a.png", "b.png"])
  }

  @Test func arraysOfObjectsAreRefused() throws {
    let pickle = try Pickle.read(Self.golden("objects.pkl"), rules: .numPy)
    let values = try pickle.dictionary(pickle.root, "the root")
    expectError(.unsupported, "\"a\" has elements of type '|O8'") {
      _ = try pickle.array(values["a"] ?? .none, "\"a\"")
    }
    expectError(.malformed, "the root is a dictionary; expected an array of NumPy's") {
      _ = try pickle.array(pickle.root, "the root")
    }
  }

  @Test func numPyNeedsItsRules() {
    expectError(.unsupported, "numpy") { _ = try Pickle.read(Self.golden("numpy_4.pkl"), rules: .plain) }
  }

  @Test func wrongKindsAreNamed() throws {
    let pickle = try Pickle(Array("(lp0\nI1\naS'x'\na.".utf8), rules: .plain)
    let values = try pickle.elements(pickle.root, "the list")
    expectError(.malformed, "the label is bytes; expected an integer") {
      _ = try pickle.integer(values[1], "the label")
    }
    expectError(.malformed, "the name is an integer; expected a text") { _ = try pickle.text(values[0], "the name") }
    expectError(.malformed, "the batch is a list; expected a dictionary") {
      _ = try pickle.dictionary(pickle.root, "the batch")
    }
    let twice = try Pickle(Array("(dS'a'\nI1\nsS'a'\nI2\ns.".utf8), rules: .plain)
    expectError(.malformed, "holds the key \"a\" twice") { _ = try twice.dictionary(twice.root, "the batch") }
  }
}
