extension ConfigurationNode {
  // MARK: - Whole numbers

  /// The whole number under `key`; required when there is no default.
  public func int(
    _ key: String, default fallback: Int? = nil, in bounds: ConfigurationBounds<Int> = .any
  ) throws(ConfigurationError) -> Int {
    guard let value = try optionalInt(key, in: bounds) ?? fallback else { throw missing(key) }
    record(key, value: .int(value))
    return value
  }

  /// The whole number under `key`, or nil if it is absent or null.
  public func optionalInt(
    _ key: String, in bounds: ConfigurationBounds<Int> = .any
  ) throws(ConfigurationError) -> Int? {
    guard let tree = tree(key) else {
      record(key, value: .null)
      return nil
    }
    let value = try int(tree, name: join(key), in: bounds)
    record(key, value: .int(value))
    return value
  }

  /// The list of whole numbers under `key`; required when there is no default.
  public func ints(
    _ key: String, default fallback: [Int]? = nil, count: Int? = nil, in bounds: ConfigurationBounds<Int> = .any
  ) throws(ConfigurationError) -> [Int] {
    let values = try list(key, default: fallback, count: count) { tree, name throws(ConfigurationError) in
      try int(tree, name: name, in: bounds)
    }
    record(key, value: .list(values.map { .int($0) }))
    return values
  }

  // MARK: - Numbers

  /// The number under `key`; required when there is no default.
  public func double(
    _ key: String, default fallback: Double? = nil, in bounds: ConfigurationBounds<Double> = .any
  ) throws(ConfigurationError) -> Double {
    guard let value = try optionalDouble(key, in: bounds) ?? fallback else { throw missing(key) }
    record(key, value: .double(value))
    return value
  }

  /// The number under `key`, or nil if it is absent or null.
  public func optionalDouble(
    _ key: String, in bounds: ConfigurationBounds<Double> = .any
  ) throws(ConfigurationError) -> Double? {
    guard let tree = tree(key) else {
      record(key, value: .null)
      return nil
    }
    let value = try double(tree, name: join(key), in: bounds)
    record(key, value: .double(value))
    return value
  }

  /// The list of numbers under `key`; required when there is no default.
  public func doubles(
    _ key: String, default fallback: [Double]? = nil, count: Int? = nil, in bounds: ConfigurationBounds<Double> = .any
  ) throws(ConfigurationError) -> [Double] {
    let values = try list(key, default: fallback, count: count) { tree, name throws(ConfigurationError) in
      try double(tree, name: name, in: bounds)
    }
    record(key, value: .list(values.map { .double($0) }))
    return values
  }

  // MARK: - Truth values and texts

  /// The truth value under `key`; required when there is no default.
  public func bool(_ key: String, default fallback: Bool? = nil) throws(ConfigurationError) -> Bool {
    var value = fallback
    if let tree = tree(key) {
      guard case .scalar(let scalar) = tree.content, let bool = scalar.bool else {
        throw error(tree.origin, "\(join(key)) must be true or false, found \(tree.summary)")
      }
      value = bool
    }
    guard let value else { throw missing(key) }
    record(key, value: .bool(value))
    return value
  }

  /// The text under `key`; required when there is no default.
  public func string(
    _ key: String, default fallback: String? = nil, oneOf options: [String] = []
  ) throws(ConfigurationError) -> String {
    guard let value = try optionalString(key, oneOf: options) ?? fallback else { throw missing(key) }
    record(key, value: .string(value))
    return value
  }

  /// The text under `key`, or nil if it is absent or null.
  public func optionalString(
    _ key: String, oneOf options: [String] = []
  ) throws(ConfigurationError) -> String? {
    guard let tree = tree(key) else {
      record(key, value: .null)
      return nil
    }
    let value = try string(tree, name: join(key), oneOf: options)
    record(key, value: .string(value))
    return value
  }

  /// The list of texts under `key`; required when there is no default.
  public func strings(
    _ key: String, default fallback: [String]? = nil, count: Int? = nil, oneOf options: [String] = []
  ) throws(ConfigurationError) -> [String] {
    let values = try list(key, default: fallback, count: count) { tree, name throws(ConfigurationError) in
      try string(tree, name: name, oneOf: options)
    }
    record(key, value: .list(values.map { .string($0) }))
    return values
  }

  /// The case of `Choice` named under `key`; required when there is no default.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, default fallback: Choice? = nil, of type: Choice.Type = Choice.self
  ) throws(ConfigurationError) -> Choice {
    let name = try string(key, default: fallback?.rawValue, oneOf: Choice.allCases.map(\.rawValue))
    guard let choice = Choice(rawValue: name) else { throw missing(key) }
    return choice
  }

  // MARK: - Single values

  private func int(
    _ tree: ConfigurationTree, name: String, in bounds: ConfigurationBounds<Int>
  ) throws(ConfigurationError) -> Int {
    guard case .scalar(let scalar) = tree.content, let value = scalar.int else {
      throw error(tree.origin, "\(name) must be a whole number, found \(tree.summary)")
    }
    guard bounds.contains(value) else {
      throw error(tree.origin, "\(name) must be \(bounds.requirement), found \(scalar.text)")
    }
    return value
  }

  private func double(
    _ tree: ConfigurationTree, name: String, in bounds: ConfigurationBounds<Double>
  ) throws(ConfigurationError) -> Double {
    guard case .scalar(let scalar) = tree.content, let value = scalar.double, value.isFinite else {
      throw error(tree.origin, "\(name) must be a number, found \(tree.summary)")
    }
    guard bounds.contains(value) else {
      throw error(tree.origin, "\(name) must be \(bounds.requirement), found \(scalar.text)")
    }
    return value
  }

  private func string(
    _ tree: ConfigurationTree, name: String, oneOf options: [String]
  ) throws(ConfigurationError) -> String {
    guard case .scalar(let scalar) = tree.content else {
      throw error(tree.origin, "\(name) must be a text, found \(tree.summary)")
    }
    if options.isEmpty {
      guard scalar.kind == .text else {
        throw error(tree.origin, "\(name) must be a text, found \(scalar.text); quote it if it is one")
      }
    } else if !options.contains(scalar.text) {
      var message = "\(name) must be one of \(options.joined(separator: ", ")), found \(scalar.quoted)"
      if let nearest = Spelling.nearest(to: scalar.text, among: options) { message += "; did you mean \"\(nearest)\"?" }
      throw error(tree.origin, message)
    }
    return scalar.text
  }

  private func list<Element>(
    _ key: String, default fallback: [Element]?, count: Int?,
    read: (ConfigurationTree, String) throws(ConfigurationError) -> Element
  ) throws(ConfigurationError) -> [Element] {
    guard let tree = tree(key) else {
      guard let fallback else { throw missing(key) }
      return fallback
    }
    guard case .list(let trees) = tree.content else {
      throw error(tree.origin, "\(join(key)) must be a list, as in [1, 2], found \(tree.summary)")
    }
    if let count, trees.count != count {
      throw error(tree.origin, "\(join(key)) must have \(count) values, found \(trees.count)")
    }
    var values: [Element] = []
    for (index, element) in trees.enumerated() { values.append(try read(element, "\(join(key)).\(index)")) }
    return values
  }
}
