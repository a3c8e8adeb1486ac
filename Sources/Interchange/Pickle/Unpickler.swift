/// The pickle machine, reduced to what builds data: it never looks up a name and never calls anything.
///
/// Objects stand in one array and hold each other by position, so that neither deep nesting nor cycles cost recursion,
/// in reading or in freeing.
struct Unpickler {
  private var scanner: PickleScanner
  private let rules: PickleRules
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var objects: [PickleObject] = []
  private var valueCount = 0
  private var opcodeStart = 0

  init(_ bytes: [UInt8], at start: Int, rules: PickleRules, path: String, base: Int) {
    scanner = PickleScanner(bytes: bytes, position: start, path: path, base: base)
    self.rules = rules
  }

  /// Runs to the STOP instruction.
  mutating func run() throws(InterchangeError) -> (root: PickleValue, objects: [PickleObject], end: Int) {
    while true {
      opcodeStart = scanner.position
      let byte = try scanner.byte()
      guard let opcode = PickleOpcode(rawValue: byte) else {
        if let name = PickleOpcode.refused[byte] {
          throw failure(
            .unsupported, "the pickle uses \(name), which makes arbitrary objects",
            expected: "numbers, texts, containers and arrays only")
        }
        throw failure("0x\(String(byte, radix: 16)) is no pickle instruction", expected: "a pickle of protocol 0 to 5")
      }
      if let allowed = rules.opcodes, !allowed.contains(opcode) {
        throw failure(.unsupported, "the pickle uses \(opcode.name), for which files of this kind have no use")
      }
      if opcode == .stop {
        let root = try pop()
        guard stack.isEmpty, marks.isEmpty else {
          throw failure("\(stack.count) values are left over at the end of the pickle")
        }
        return (root, objects, scanner.position)
      }
      try perform(opcode)
    }
  }

  private func failure(_ problem: String, expected: String? = nil) -> InterchangeError {
    failure(.malformed, problem, expected: expected)
  }

  private func failure(
    _ kind: InterchangeError.Kind, _ problem: String, expected: String? = nil
  ) -> InterchangeError {
    scanner.failure(problem, at: opcodeStart, expected: expected, kind: kind)
  }

  // MARK: Stack, memo, objects

  /// Counts what an instruction makes, so that a few bytes cannot make gigabytes.
  private mutating func charge(_ count: Int) throws(InterchangeError) {
    valueCount += count
    guard valueCount <= rules.maximumValues else {
      throw failure(.unsupported, "the pickle holds too many values", expected: "at most \(rules.maximumValues)")
    }
  }

  private mutating func push(_ value: PickleValue) throws(InterchangeError) {
    try charge(1)
    stack.append(value)
  }

  private mutating func push(_ object: PickleObject) throws(InterchangeError) {
    guard objects.count < rules.maximumObjects else {
      throw failure(.unsupported, "the pickle holds too many objects", expected: "at most \(rules.maximumObjects)")
    }
    objects.append(object)
    try push(.object(PickleReference(index: objects.count - 1)))
  }

  private mutating func pop() throws(InterchangeError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw failure("an instruction takes a value from an empty stack")
    }
    return value
  }

  private func top() throws(InterchangeError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw failure("an instruction needs a value on an empty stack")
    }
    return value
  }

  private mutating func popToMark() throws(InterchangeError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw failure("an instruction needs a MARK, and there is none") }
    let values = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }

  private mutating func fetch(_ place: Int) throws(InterchangeError) {
    guard let value = memo[place] else { throw failure("memo \(place) is read before it is written") }
    try push(value)
  }

  private mutating func store(_ place: Int) throws(InterchangeError) {
    guard place >= 0 else { throw failure("memo \(place) does not exist", expected: "a place of 0 or more") }
    memo[place] = try top()
  }

  /// The position and contents of the object at the top of the stack.
  private func target(_ what: String) throws(InterchangeError) -> (index: Int, object: PickleObject) {
    guard case .object(let reference) = try top() else { throw failure("\(what) needs a container below it") }
    return (reference.index, objects[reference.index])
  }

  // MARK: Instructions

  private mutating func perform(_ opcode: PickleOpcode) throws(InterchangeError) {
    switch opcode {
    case .proto:
      let version = try scanner.byte()
      guard version <= 5 else {
        throw failure(.unsupported, "the pickle has protocol \(version)", expected: "protocol 0 to 5")
      }
    case .stop: break
    case .frame: _ = try scanner.length(UInt64.self)
    case .mark: marks.append(stack.count)
    case .pop:
      // Python's POP also removes a mark that stands on top.
      if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .dup: try push(try top())
    case .get: try fetch(try scanner.decimal())
    case .binGet: try fetch(try scanner.length(UInt8.self))
    case .longBinGet: try fetch(try scanner.length(UInt32.self))
    case .put: try store(try scanner.decimal())
    case .binPut: try store(try scanner.length(UInt8.self))
    case .longBinPut: try store(try scanner.length(UInt32.self))
    case .memoize: try store(memo.count)
    case .emptyList, .list, .append, .appends, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyDict, .dict,
      .setItem, .setItems, .emptySet, .addItems, .frozenSet:
      try performOnContainers(opcode)
    case .global, .stackGlobal, .reduce, .newObj, .build, .persID, .binPersID: try performOnNames(opcode)
    default: try push(try literal(opcode))
    }
  }

  private mutating func literal(_ opcode: PickleOpcode) throws(InterchangeError) -> PickleValue {
    switch opcode {
    case .newTrue: return .bool(true)
    case .newFalse: return .bool(false)
    case .int:
      let start = scanner.position
      let text = try scanner.textLine()
      // Protocol 0 writes truth values as the integers 00 and 01.
      return text == "00" ? .bool(false) : text == "01" ? .bool(true) : try scanner.integer(decimal: text, at: start)
    case .binInt:
      return .integer(Int(Int32(truncatingIfNeeded: try scanner.length(UInt32.self))))
    case .binInt1: return .integer(try scanner.length(UInt8.self))
    case .binInt2: return .integer(try scanner.length(UInt16.self))
    case .long:
      let start = scanner.position
      return try scanner.integer(decimal: try scanner.textLine(), at: start)
    case .long1: return scanner.integer(try scanner.take(try scanner.length(UInt8.self)))
    case .long4: return scanner.integer(try scanner.take(try scanner.length(UInt32.self)))
    case .float:
      let start = scanner.position
      let text = try scanner.textLine()
      guard let value = Double(text) else {
        throw scanner.failure("\"\(text.prefix(20))\" is no number", at: start)
      }
      return .float(value)
    case .binFloat: return .float(try scanner.double())
    case .string:
      guard let bytes = PickleEscapes.bytes(ofLiteral: try scanner.line()) else {
        throw failure("a string literal is malformed")
      }
      return .bytes(bytes)
    case .unicode:
      guard let text = PickleEscapes.text(ofRaw: try scanner.line()) else { throw failure("a text is malformed") }
      return .text(text)
    case .shortBinString, .shortBinBytes: return .bytes(Array(try scanner.take(try scanner.length(UInt8.self))))
    case .binString, .binBytes: return .bytes(Array(try scanner.take(try scanner.length(UInt32.self))))
    case .binBytes8, .byteArray8: return .bytes(Array(try scanner.take(try scanner.length(UInt64.self))))
    case .shortBinUnicode: return .text(try text(scanner.length(UInt8.self)))
    case .binUnicode: return .text(try text(scanner.length(UInt32.self)))
    case .binUnicode8: return .text(try text(scanner.length(UInt64.self)))
    default: return .none
    }
  }

  private mutating func text(_ length: Int) throws(InterchangeError) -> String {
    let start = scanner.position
    return try scanner.text(try scanner.take(length), at: start)
  }

  private mutating func performOnContainers(_ opcode: PickleOpcode) throws(InterchangeError) {
    switch opcode {
    case .emptyList: try push(.list([]))
    case .list: try push(.list(try popToMark()))
    case .emptyTuple: try push(.tuple([]))
    case .tuple: try push(.tuple(try popToMark()))
    case .tuple1, .tuple2, .tuple3:
      var values: [PickleValue] = []
      for _ in PickleOpcode.tuple1.rawValue...opcode.rawValue { values.append(try pop()) }
      try push(.tuple(values.reversed()))
    case .emptyDict: try push(.dictionary([]))
    case .dict: try push(.dictionary(try entries(try popToMark())))
    case .emptySet: try push(.set([]))
    case .frozenSet: try push(.set(try popToMark()))
    case .append, .appends:
      let added = opcode == .append ? [try pop()] : try popToMark()
      try extend("a list") { object in
        guard case .list(var values) = object else { return false }
        object = .list([])  // Leaves `values` the only owner, so that it grows in place.
        values += added
        object = .list(values)
        return true
      }
    case .setItem, .setItems:
      var added: [PickleValue]
      if opcode == .setItem {
        let value = try pop()
        added = [try pop(), value]
      } else {
        added = try popToMark()
      }
      let pairs = try entries(added)
      try extend("a dictionary") { object in
        guard case .dictionary(var entries) = object else { return false }
        object = .dictionary([])
        entries += pairs
        object = .dictionary(entries)
        return true
      }
    case .addItems:
      let added = try popToMark()
      try extend("a set") { object in
        guard case .set(var values) = object else { return false }
        object = .set([])
        values += added
        object = .set(values)
        return true
      }
    default: break
    }
  }

  private mutating func extend(
    _ kind: String, _ body: (inout PickleObject) -> Bool
  ) throws(InterchangeError) {
    guard case .object(let reference) = try top(), body(&objects[reference.index]) else {
      throw failure("values are added to something that is not \(kind)")
    }
  }

  private func entries(_ values: [PickleValue]) throws(InterchangeError) -> [PickleObject.Entry] {
    guard values.count.isMultiple(of: 2) else { throw failure("a dictionary's last key has no value") }
    return stride(from: 0, to: values.count, by: 2).map { .init(key: values[$0], value: values[$0 + 1]) }
  }

  private mutating func performOnNames(_ opcode: PickleOpcode) throws(InterchangeError) {
    switch opcode {
    case .global:
      try name(module: try scanner.textLine(), name: try scanner.textLine())
    case .stackGlobal:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw failure("a name is not made of two texts")
      }
      try self.name(module: module, name: name)
    case .reduce, .newObj:
      guard case .object(let arguments) = try pop(), case .tuple(let values) = objects[arguments.index] else {
        throw failure("a call's arguments are not a tuple")
      }
      guard case .object(let function) = try pop(), case .global(let name) = objects[function.index] else {
        throw failure("something is called that is not a class or function")
      }
      try call(name, values)
    case .build:
      let state = try pop()
      let (index, object) = try target("a state")
      switch object {
      case .call(let name, let arguments, _): objects[index] = .call(name, arguments: arguments, state: state)
      // Attributes of an OrderedDict, such as the version numbers beside PyTorch's state dictionaries.
      case .dictionary: break
      default: throw failure("a state is given to \(object.kind)")
      }
    case .persID: try external(.text(try scanner.textLine()))
    case .binPersID: try external(try pop())
    default: break
    }
  }

  private mutating func name(module: String, name: String) throws(InterchangeError) {
    let global = PickleGlobal(module: module, name: name)
    guard rules.globals.contains(global) else {
      throw failure(
        .unsupported,
        "the pickle asks for \(String("\(global)".prefix(120))), which is not allowed (nothing was executed)",
        expected: "only tensors, arrays and plain containers; in Python, save model.state_dict()")
    }
    try push(.global(global))
  }

  private mutating func external(_ identification: PickleValue) throws(InterchangeError) {
    guard rules.allowsPersistentObjects else {
      throw failure(.unsupported, "the pickle refers to an object outside of it", expected: "all data in the pickle")
    }
    try push(.persistent(identification))
  }

  /// Notes a call; only calls that make plain data of plain data become that data.
  private mutating func call(_ name: PickleGlobal, _ arguments: [PickleValue]) throws(InterchangeError) {
    switch (name.module, name.name) {
    case ("collections", "OrderedDict"):
      try push(.dictionary(try pairs(arguments)))
    case ("builtins", "set"), ("__builtin__", "set"), ("builtins", "frozenset"), ("__builtin__", "frozenset"):
      try push(.set(try elements(arguments)))
    case ("_codecs", "encode"):
      guard arguments.count == 2, case .text(let text) = arguments[0], arguments[1] == .text("latin1"),
        text.unicodeScalars.allSatisfy({ $0.value < 256 })
      else { throw failure("bytes are not written as a Latin-1 text") }
      try charge(text.utf8.count / 16)
      try push(.bytes(text.unicodeScalars.map { UInt8($0.value) }))
    case ("builtins", "bytes"), ("__builtin__", "bytes"), ("builtins", "bytearray"), ("__builtin__", "bytearray"):
      switch arguments.first {
      case nil: try push(.bytes([]))
      case .bytes(let bytes)? where arguments.count == 1: try push(.bytes(bytes))
      default: throw failure("\(name) is called with something else than bytes")
      }
    default:
      try push(.call(name, arguments: arguments, state: nil))
    }
  }

  private mutating func elements(_ arguments: [PickleValue]) throws(InterchangeError) -> [PickleValue] {
    guard let first = arguments.first else { return [] }
    guard arguments.count == 1, case .object(let reference) = first else {
      throw failure("a container is made of something else than a list")
    }
    switch objects[reference.index] {
    case .list(let values), .tuple(let values), .set(let values):
      try charge(values.count)
      return values
    default: throw failure("a container is made of something else than a list")
    }
  }

  private mutating func pairs(_ arguments: [PickleValue]) throws(InterchangeError) -> [PickleObject.Entry] {
    var entries: [PickleObject.Entry] = []
    for pair in try elements(arguments) {
      let values = try elements([pair])
      guard values.count == 2 else { throw failure("an OrderedDict is made of something else than pairs") }
      entries.append(.init(key: values[0], value: values[1]))
    }
    return entries
  }
}
