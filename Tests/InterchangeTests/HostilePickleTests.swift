import Foundation
import Interchange
import Testing

/// Pickles made to run code, to exhaust memory or the stack, or that are simply broken: one error each, never more.
struct HostilePickleTests {
  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static func short(_ text: String) -> [UInt8] { [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }

  static let hostile: [(name: String, bytes: [UInt8], kind: InterchangeError.Kind, part: String)] = [
    ("os.system", text("cos\nsystem\n(S'echo pwned'\ntR."), .unsupported, "asks for os.system, which is not allowed"),
    (
      "posix.system by STACK_GLOBAL",
      [0x80, 4] + short("posix") + short("system") + [0x93] + short("id") + [0x85, 0x52, 0x2E],
      .unsupported, "asks for posix.system"
    ),
    ("eval", text("cbuiltins\neval\n(V1+1\ntR."), .unsupported, "builtins.eval"),
    ("getattr", text("c__builtin__\ngetattr\n."), .unsupported, "__builtin__.getattr"),
    (
      "attribute of an allowed class",
      [0x80, 4] + short("collections") + short("OrderedDict.fromkeys") + [0x93, 0x2E],
      .unsupported, "collections.OrderedDict.fromkeys"
    ),
    ("INST", text("(S'id'\nios\nsystem\n."), .unsupported, "uses INST, which makes arbitrary objects"),
    ("OBJ", text("(cos\nsystem\no."), .unsupported, "os.system"),
    ("extension registry", [0x80, 2, 0x82, 1, 0x2E], .unsupported, "EXT1"),
    ("outside buffer", [0x80, 5, 0x97, 0x2E], .unsupported, "NEXT_BUFFER"),
    ("outside object", text("Pkey\n."), .unsupported, "refers to an object outside of it"),
    ("call of a list", text("](I1\ntR."), .malformed, "something is called that is not a class or function"),
    ("call of a number", text("I1\n)R."), .malformed, "something is called"),
    ("arguments that are no tuple", text("ccollections\nOrderedDict\n]R."), .malformed, "arguments are not a tuple"),
    ("state for a list", text("]}b."), .malformed, "a state is given to a list"),
    ("state for a number", text("I1\n}b."), .malformed, "a state needs a container"),
    ("name of numbers", [0x80, 4, 0x4B, 1, 0x4B, 2, 0x93, 0x2E], .malformed, "a name is not made of two texts"),
    ("empty", [], .truncated, "ends before its STOP"),
    ("only a protocol", [0x80, 4], .truncated, "ends before its STOP"),
    ("protocol of the future", [0x80, 6, 0x4E, 0x2E], .unsupported, "protocol 6"),
    ("no instruction", [0x80, 2, 0xFF, 0x2E], .malformed, "0xff is no pickle instruction"),
    ("STOP on nothing", text("."), .malformed, "takes a value from an empty stack"),
    ("values left over", text("I1\nI2\n."), .malformed, "1 values are left over"),
    ("bytes after the end", text("N.N."), .malformed, "2 bytes follow the pickle"),
    ("memo never written", text("g7\n."), .malformed, "memo 7 is read before it is written"),
    ("memo of nothing", text("p0\n."), .malformed, "needs a value on an empty stack"),
    ("memo without a number", text("Npx\n."), .malformed, "\"x\" is no integer"),
    ("memo below zero", text("Np-1\n."), .malformed, "memo -1 does not exist"),
    ("memo far away", [0x4E, 0x6A, 0xFF, 0xFF, 0xFF, 0xFF, 0x2E], .malformed, "memo 4294967295 is read"),
    ("no MARK", text("t."), .malformed, "needs a MARK, and there is none"),
    ("value below the MARK", text("N(0000."), .malformed, "empty stack"),
    ("odd dictionary", text("(I1\nd."), .malformed, "last key has no value"),
    ("items for a list", text("]I1\nI2\ns."), .malformed, "not a dictionary"),
    ("append to a tuple", text(")I1\na."), .malformed, "not a list"),
    (
      "text longer than the file", [0x58, 0xFF, 0xFF, 0xFF, 0x7F, 0x61], .truncated,
      "ends inside a value of 2147483647 bytes"
    ),
    ("bytes of 2^64 - 1", [0x8E] + [UInt8](repeating: 0xFF, count: 8), .malformed, "a length is 18446744073709551615"),
    ("bytes of 2^63 - 1", [0x8E] + [UInt8](repeating: 0xFF, count: 7) + [0x7F], .truncated, "ends inside a value"),
    ("text that is not UTF-8", [0x8C, 1, 0xFF, 0x2E], .malformed, "not UTF-8"),
    ("number in words", text("Fone\n."), .malformed, "\"one\" is no number"),
    ("endless digits", text("L" + String(repeating: "9", count: 5000) + "L\n."), .malformed, "at most 400 digits"),
    ("broken escape", text("S'\\x4'\n."), .malformed, "string literal is malformed"),
    ("broken unicode escape", text("V\\ud800\n."), .malformed, "a text is malformed"),
    ("bytes that are no Latin-1", text("c_codecs\nencode\n(V\\u20ac\nVlatin1\ntR."), .malformed, "Latin-1"),
  ]

  @Test(arguments: hostile.indices) func areErrors(index: Int) {
    let (name, bytes, kind, part) = Self.hostile[index]
    let error = Fixtures.error { _ = try Pickle(bytes, rules: .plain, path: "weights.pkl") }
    #expect(error?.kind == kind, "\(name): \(error.map { "\($0)" } ?? "no error")")
    #expect(error?.description.contains(part) == true, "\(name): \(error.map { "\($0)" } ?? "no error")")
    #expect(error?.description.hasPrefix("weights.pkl") == true, "\(name)")
  }

  /// A million nested lists or tuples: neither reading nor freeing them recurses.
  @Test(arguments: [false, true]) func deepNestingIsFlat(tuples: Bool) throws {
    let depth = 1_000_000
    let bytes =
      tuples
      ? [UInt8(ascii: ")")] + [UInt8](repeating: 0x85, count: depth) + [0x2E]
      : [UInt8](repeating: UInt8(ascii: "]"), count: depth + 1) + [UInt8](repeating: UInt8(ascii: "a"), count: depth)
        + [0x2E]
    let pickle = try Pickle(bytes, rules: .plain)
    #expect(pickle.object(pickle.root) != nil)
  }

  /// Ten lists of ten times the list before: linear in the file, for each is stored once.
  @Test func billionLaughs() throws {
    var bytes: [UInt8] = Array("](I1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\ne".utf8) + [0x94]
    for level in 0..<200 {
      bytes += [0x30] + Array("](".utf8)
      for _ in 0..<10 { bytes += [0x68, UInt8(level)] }
      bytes += [0x65, 0x94]
    }
    _ = try Pickle(bytes + [0x2E], rules: .plain)
  }

  /// Calls that would copy a long list again and again stop at the limit.
  @Test func copiesAreCounted() {
    var bytes: [UInt8] = [0x5D, 0x94, 0x28]
    bytes += [UInt8](repeating: 0x4E, count: 50_000) + [0x65]
    for _ in 0..<5_000 { bytes += Array("cbuiltins\nset\n".utf8) + [0x68, 0, 0x85, 0x52, 0x30] }
    expectError(.unsupported, "too many values; expected at most 33554432") {
      _ = try Pickle(bytes + [0x2E], rules: .plain)
    }
    var rules = PickleRules.plain
    rules.maximumObjects = 10
    expectError(.unsupported, "too many objects; expected at most 10") {
      _ = try Pickle([UInt8](repeating: 0x5D, count: 20), rules: rules)
    }
  }

  /// Files with some bytes changed, removed, or cut off are read or refused with one error.
  @Test(arguments: ["plain_0.pkl", "plain_2.pkl", "plain_4.pkl", "plain_5.pkl", "numpy_2.pkl", "numpy_5.pkl"])
  func mutatedFiles(name: String) throws {
    let original = try Fixtures.bytes(PickleTests.golden(name))
    var rng = Mutations(seed: 7)
    var refused = 0
    for _ in 0..<1200 {
      let bytes = rng.mutate(original)
      do {
        let pickle = try Pickle(bytes, rules: .numPy)
        if case .dictionary(let entries)? = pickle.object(pickle.root) {
          for entry in entries { _ = try? pickle.array(entry.value, "a value") }
        }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 300, "\(refused) of 1200 were refused")
    for length in 0..<original.count {
      #expect(Fixtures.error { _ = try Pickle(Array(original[..<length]), rules: .numPy) } != nil)
    }
  }
}

/// Damages bytes, the same way for the same seed.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...next(below: 3) where !bytes.isEmpty {
      let place = next(below: bytes.count)
      switch next(below: 5) {
      case 0: bytes[place] = UInt8(next(below: 256))
      case 1: bytes[place] ^= 1 << UInt8(next(below: 8))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(below: 8)))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + next(below: 16))], at: place)
      default:
        bytes.replaceSubrange(
          place..<min(bytes.count, place + 4), with: [0xFF, 0xFF, 0xFF, 0x7F].prefix(bytes.count - place))
      }
    }
    return bytes
  }
}
