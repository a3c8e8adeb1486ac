/// Reads the text of representations and subgroup ids.
///
/// ```
/// fields  = term { "+" term }
/// term    = [ count [ "*" | "x" | "×" ] ] field
/// field   = "trivial" | "regular" | "irrep(" int { "," int } ")" | "quotient(" id ")" | "induced(" id "," field ")"
///         | "sum(" fields ")" | "tensor(" field "," field ")" | "restricted(" group "," id "," field ")"
///         | "block(" int "," field ")" | "concatenated(" field ")" | "spectral(" fields ")" | "bandLimited(" int ")"
///         | "spectralQuotient(" id "," fields ")" | "bandLimitedQuotient(" int "," id ")"
/// id      = order | "(" ( "None" | number ) "," order ")" | ( "None" | number ) "," order
/// ```
struct NotationParser {
  /// The largest representation that an intermediate step may build: its matrices must fit in memory.
  private static let largestSize = 4096

  /// The highest band limit, for the same reason.
  private static let largestFrequency = 1024
  /// The deepest nesting of representations, far beyond use and far from the end of the stack.
  private static let deepest = 32

  private let text: String
  private let characters: [Character]
  private var position = 0
  private var depth = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  mutating func fields(of group: Group) throws(SymmetryError) -> [Representation] {
    let result = try terms(group)
    try end()
    return result
  }

  mutating func field(of group: Group) throws(SymmetryError) -> Representation {
    let result = try field(group)
    try end()
    return result
  }

  mutating func subgroupID() throws(SymmetryError) -> SubgroupID {
    let result = try identifier(barePair: true)
    try end()
    return result
  }

  private mutating func terms(_ group: Group) throws(SymmetryError) -> [Representation] {
    var result: [Representation] = []
    repeat {
      skipSpaces()
      let start = position
      var count = 1
      if let digits = digits() {
        guard let number = Int(digits), number >= 1, result.count + number <= 1_000_000 else {
          throw error("a number of copies must be 1 to 1000000", at: start)
        }
        count = number
        skipSpaces()
        if let next = peek, "*x×".contains(next) { position += 1 }
      }
      result += try count * field(group)
    } while accept("+")
    return result
  }

  private mutating func field(_ group: Group) throws(SymmetryError) -> Representation {
    skipSpaces()
    let start = position
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw error("representations are nested more than \(Self.deepest) deep", at: start)
    }
    switch word() {
    case "trivial":
      return group.trivialRepresentation
    case "regular":
      return try located(start) { () throws(SymmetryError) in
        if group.isContinuous { throw .needsFiniteGroup(group: group, request: "regular") }
        return group.regularRepresentation
      }
    case "irrep":
      try expect("(")
      var id = [try integer()]
      while accept(",") { id.append(try integer()) }
      try expect(")")
      return try located(start) { () throws(SymmetryError) in try group.irrep(id: id) }
    case "quotient":
      try expect("(")
      let id = try identifier(barePair: true)
      try expect(")")
      return try located(start) { () throws(SymmetryError) in try group.quotientRepresentation(id) }
    case "induced":
      try expect("(")
      let id = try identifier(barePair: false)
      try expect(",")
      let subgroup = try located(start) { () throws(SymmetryError) in try group.subgroup(id) }
      let inner = try field(subgroup.group)
      try expect(")")
      return try located(start) { () throws(SymmetryError) in try group.inducedRepresentation(id, inner) }
    case "sum":
      try expect("(")
      let summands = try terms(group)
      try expect(")")
      return .directSum(summands, name: "sum(\(Representation.notation(for: summands)))")
    case "tensor":
      try expect("(")
      let first = try field(group)
      try expect(",")
      let second = try field(group)
      try expect(")")
      guard first.size * second.size <= Self.largestSize else {
        throw error(
          "a tensor product of sizes \(first.size) and \(second.size) is larger than \(Self.largestSize)", at: start)
      }
      return first.tensor(second)
    case "restricted":
      return try restriction(group, start)
    case "concatenated":
      try expect("(")
      let inner = try field(group)
      try expect(")")
      return try located(start) { () throws(SymmetryError) in try inner.concatenated() }
    case "spectral", "spectralQuotient", "bandLimited", "bandLimitedQuotient":
      return try spectralField(group, start)
    case "block":
      try expect("(")
      let number = try integer()
      try expect(",")
      let parts = try field(group).disentangled().representations
      try expect(")")
      guard parts.indices.contains(number) else { throw error("there are only \(parts.count) blocks", at: start) }
      return parts[number]
    case let name:
      throw error(
        name.isEmpty
          ? "expected a representation such as trivial, regular, irrep(1), quotient(2)"
          : "unknown representation \"\(name)\"; use trivial, regular, irrep(…), quotient(…), induced(…), sum(…), "
            + "tensor(…), restricted(…), concatenated(…), spectral(…), bandLimited(…)",
        at: start)
    }
  }

  /// Reads the representations on band-limited functions, whose first word was read already.
  private mutating func spectralField(_ group: Group, _ start: Int) throws(SymmetryError) -> Representation {
    let name = String(characters[start..<position])
    try expect("(")
    if name.hasPrefix("bandLimited") {
      let place = position
      let limit = try integer()
      guard (0...Self.largestFrequency).contains(limit) else {
        throw error("a band limit must be 0 to \(Self.largestFrequency)", at: place)
      }
      guard name.hasSuffix("Quotient") else {
        try expect(")")
        return group.bandLimitedRepresentation(limit)
      }
      try expect(",")
      let id = try identifier(barePair: true)
      try expect(")")
      return try located(start) { () throws(SymmetryError) in
        try group.bandLimitedQuotientRepresentation(id, limit)
      }
    }
    var subgroup: SubgroupID?
    if name.hasSuffix("Quotient") {
      subgroup = try identifier(barePair: false)
      try expect(",")
    }
    let place = position
    let irreps = try terms(group)
    try expect(")")
    guard irreps.allSatisfy(\.isIrreducible) else { throw error("expected irreps only", at: place) }
    let ids = irreps.map { $0.irreps[0] }
    return try located(start) { () throws(SymmetryError) in
      guard let subgroup else { return try group.spectralRepresentation(ids) }
      return try group.spectralQuotientRepresentation(subgroup, ids)
    }
  }

  private mutating func restriction(_ group: Group, _ start: Int) throws(SymmetryError) -> Representation {
    try expect("(")
    skipSpaces()
    let nameStart = position
    let name = word()
    let parent = try located(nameStart) { () throws(SymmetryError) in try Group(name) }
    guard (parent.rotationOrder ?? 0) <= Self.largestSize / 2 else {
      throw error("\(name) has more than \(Self.largestSize) elements", at: nameStart)
    }
    try expect(",")
    let id = try identifier(barePair: false)
    try expect(",")
    let subgroup = try located(start) { () throws(SymmetryError) in try parent.subgroup(id) }
    guard subgroup.group == group else {
      throw error("the subgroup \(id) of \(parent) is \(subgroup.group), not \(group)", at: start)
    }
    let inner = try field(parent)
    try expect(")")
    return try located(start) { () throws(SymmetryError) in try inner.restricted(to: id) }
  }

  /// Reads a subgroup id.
  ///
  /// Where a field follows, a bare pair is recognized by a number after its comma.
  private mutating func identifier(barePair: Bool) throws(SymmetryError) -> SubgroupID {
    let isEnclosed = accept("(")
    skipSpaces()
    let start = position
    let axis = try axis()
    let isPair = isEnclosed || barePair ? accept(",") : acceptCommaBeforeNumber()
    guard isPair else {
      guard case .step(let order)? = axis else { throw error("expected the number of rotations", at: start) }
      if isEnclosed { try expect(")") }
      return try made(axis: nil, order, start)
    }
    skipSpaces()
    let orderStart = position
    let order = try integer()
    if isEnclosed { try expect(")") }
    return try made(axis: axis, order, orderStart)
  }

  private func made(axis: SubgroupID.Axis?, _ order: Int, _ start: Int) throws(SymmetryError) -> SubgroupID {
    guard order >= 1 || order == -1 else {
      throw error("the number of rotations is at least 1, or -1 for all of a continuous group", at: start)
    }
    return SubgroupID(axis: axis, rotationOrder: order == -1 ? nil : order)
  }

  /// Reads `None`, a whole number of steps, or an angle such as `0.5`, `pi`, `pi/4`, `3pi/4`.
  private mutating func axis() throws(SymmetryError) -> SubgroupID.Axis? {
    skipSpaces()
    let start = position
    if let next = peek, next == "N" || next == "n" {
      guard ["None", "none"].contains(word()) else { throw error("expected None or a number", at: start) }
      return nil
    }
    while let next = peek, "0123456789.+-eEpi/*".contains(next) {
      if next == "+" && !(position > start && "eE".contains(characters[position - 1])) { break }
      position += 1
    }
    let text = String(characters[start..<position])
    if let step = Int(text) { return .step(step) }
    if let angle = Double(text), angle.isFinite { return .angle(angle) }
    if let angle = NotationParser.fractionOfPi(text) { return .angle(angle) }
    throw error("expected None, a whole number, or an angle such as 0.5 or pi/4", at: start)
  }

  private static func fractionOfPi(_ text: String) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].hasSuffix("pi") else { return nil }
    let factorText = parts[0].dropLast(2).filter { $0 != "*" }
    let factor = factorText.isEmpty ? 1 : (factorText == "-" ? -1 : Double(factorText))
    let divisor = parts.count == 2 ? Double(parts[1]) : 1
    guard let factor, let divisor, divisor != 0 else { return nil }
    return factor * .pi / divisor
  }

  // MARK: Characters

  private var peek: Character? { position < characters.count ? characters[position] : nil }

  private mutating func skipSpaces() {
    while let next = peek, next.isWhitespace { position += 1 }
  }

  private mutating func word() -> String {
    let start = position
    while let next = peek, next.isLetter || (next.isNumber && position > start) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func digits() -> String? {
    let start = position
    while let next = peek, "0123456789".contains(next) { position += 1 }
    return position > start ? String(characters[start..<position]) : nil
  }

  private mutating func integer() throws(SymmetryError) -> Int {
    skipSpaces()
    let start = position
    let sign = peek == "-" ? -1 : 1
    if sign < 0 { position += 1 }
    guard let digits = digits(), let value = Int(digits) else { throw error("expected a whole number", at: start) }
    return sign * value
  }

  private mutating func accept(_ character: Character) -> Bool {
    skipSpaces()
    guard peek == character else { return false }
    position += 1
    return true
  }

  private mutating func acceptCommaBeforeNumber() -> Bool {
    let start = position
    if accept(",") {
      skipSpaces()
      if let next = peek, "0123456789-".contains(next) { return true }
    }
    position = start
    return false
  }

  private mutating func expect(_ character: Character) throws(SymmetryError) {
    guard accept(character) else {
      throw error("expected \"\(character)\"" + (peek.map { ", found \"\($0)\"" } ?? " before the end"), at: position)
    }
  }

  private mutating func end() throws(SymmetryError) {
    skipSpaces()
    if let next = peek { throw error("unexpected \"\(next)\"", at: position) }
  }

  private func error(_ reason: String, at offset: Int) -> SymmetryError {
    .invalidNotation(text: text, offset: offset, reason: reason)
  }

  /// Runs `body`; what it finds wrong is told with the place in the text.
  private func located<R>(_ start: Int, _ body: () throws(SymmetryError) -> R) throws(SymmetryError) -> R {
    do {
      return try body()
    } catch {
      if case .invalidNotation = error { throw error }
      throw self.error(error.description, at: start)
    }
  }
}
