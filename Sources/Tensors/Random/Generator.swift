internal import CTorchShim

/// A source of random numbers (mt19937, the engine's own) that is a value: a copy continues on its own.
///
/// Every operation that draws takes one as `inout`. The numbers are the same on every device.
public struct Generator {
  private final class Handle {
    let pointer: TSGenerator
    init(_ pointer: TSGenerator) { self.pointer = pointer }
    deinit { ts_generator_release(pointer) }
  }

  private var handle: Handle

  /// Makes a generator from a seed.
  ///
  /// Seeds below 2³² give the stream that the engine gives for that seed.
  public init(seed: UInt64) {
    Torch.start()
    handle = Handle(Self.made { ts_generator(seed, $0) })
  }

  /// Makes a generator that continues where the one continued whose `state` this was, or nil for other bytes.
  public init?(state: [UInt8]) {
    guard state.count == ts_generator_state_size() else { return nil }
    self.init(seed: 0)
    var error = TSError()
    guard ts_generator_set_state(handle.pointer, state, state.count, &error) else {
      ts_error_free(&error)
      return nil
    }
  }

  /// Everything that decides which numbers follow.
  ///
  /// **Traps**: when set to bytes that are no state; `init(state:)` tells instead.
  public var state: [UInt8] {
    get {
      var bytes = [UInt8](repeating: 0, count: ts_generator_state_size())
      let count = bytes.count
      trapping(try perform("Generator.state") { ts_generator_state(handle.pointer, &bytes, count, $0) })
      return bytes
    }
    set {
      guard let restored = Generator(state: newValue) else {
        Torch.fail(operation: "Generator.state", operands: [], message: "\(newValue.count) bytes are no state")
      }
      self = restored
    }
  }

  /// Draws from this generator the state of a new one, whose numbers are independent of what follows here.
  public mutating func split() -> Generator {
    var words = [UInt32]()
    words.reserveCapacity(624)
    while words.count < 624 {
      let word = next()
      words.append(UInt32(truncatingIfNeeded: word))
      words.append(UInt32(truncatingIfNeeded: word >> 32))
    }
    let child = Generator(seed: 0)
    trapping(try perform("Generator.split") { ts_generator_set_words(child.handle.pointer, words, $0) })
    return child
  }

  /// The pointer for reading; `drawing` gives the one to draw from.
  var pointer: TSGenerator { handle.pointer }

  /// The pointer that the shim draws from; only this value advances.
  var drawing: TSGenerator {
    mutating get {
      makeUnique()
      return handle.pointer
    }
  }

  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&handle) {
      handle = Handle(Self.made { ts_generator_copy(handle.pointer, $0) })
    }
  }

  private static func made(_ body: (ErrorPointer) -> TSGenerator?) -> TSGenerator {
    var error = TSError()
    guard let pointer = body(&error) else { Torch.fail(TorchError(&error, "Generator", [])) }
    return pointer
  }
}
