import Tensors

/// Finds the parts of a module by reflection.
///
/// Mirrors list the subclass first; the order here is superclass first, so that deriving a class never reorders keys.
func discoverMembers(of module: Module) -> [Member] {
  var levels: [Mirror] = []
  var next: Mirror? = Mirror(reflecting: module)
  while let mirror = next, mirror.subjectType != Module.self {
    levels.append(mirror)
    next = mirror.superclassMirror
  }
  if next == nil {
    Torch.fail(
      op: "\(type(of: module))",
      "reflection shows no superclass; build without -disable-reflection-metadata")
  }
  let keys = type(of: module).stateKeys
  var discovery = Discovery(owner: "\(type(of: module))")
  for mirror in levels.reversed() {
    for child in mirror.children {
      let label = child.label ?? ""
      let key = keys[label] ?? snakeCase(label)
      discovery.visit(child.value, key: key, property: label)
    }
  }
  return discovery.members
}

private struct Discovery {
  let owner: String
  var members: [Member] = []
  var keys: Set<String> = []

  mutating func visit(_ value: Any, key: String, property: String) {
    switch value {
    case let parameter as Parameter: add(.parameter(key, parameter), property)
    case let buffer as Buffer: add(.buffer(key, buffer), property)
    case let state as RandomState: add(.random(key, state), property)
    case let module as Module: add(.module(key, module), property)
    case is any SelfContained: return
    default: visitContainer(value, key: key, property: property)
    }
  }

  private mutating func visitContainer(_ value: Any, key: String, property: String) {
    let lazyPrefix = "$__lazy_storage_$_"
    if property.hasPrefix(lazyPrefix) {
      if holdsState(type(of: value)) || holdsState(value, depth: 0) {
        reject(String(property.dropFirst(lazyPrefix.count)), "is lazy; create it in the initializer")
      }
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      if let wrapped = mirror.children.first { visit(wrapped.value, key: key, property: property) }
    case .collection:
      if value is any StateFreeArray { return }
      for (index, element) in mirror.children.enumerated() {
        visit(element.value, key: joinedKey(key, "\(index)"), property: property)
      }
    case .dictionary, .set:
      if holdsState(type(of: value)) || holdsState(value, depth: 0) {
        reject(property, "is an unordered container of parts; use an array, or a module with named properties")
      }
    default:
      if value is Tensor {
        reject(property, "holds a bare Tensor; make it a Parameter (trained), a Buffer (saved) or a Derived (neither)")
      }
      if holdsState(value, depth: 0) {
        reject(property, "of type \(type(of: value)) hides a tensor or a part; hold the part in a property of its own")
      }
    }
  }

  private mutating func add(_ member: Member, _ property: String) {
    if case .module = member {
      // Several modules may share an empty key (their own parts are inlined); clashes show in their parts.
      if member.key.isEmpty || keys.insert(member.key).inserted { return members.append(member) }
    } else if keys.insert(member.key).inserted {
      return members.append(member)
    }
    reject(property, "has the key \"\(member.key)\", which another property has already")
  }

  private func reject(_ property: String, _ reason: String) -> Never {
    Torch.fail(op: owner, "property \"\(property)\" \(reason)")
  }
}

/// Whether a value contains a tensor or a part of a module that discovery cannot name.
private func holdsState(_ value: Any, depth: Int) -> Bool {
  if value is Tensor || value is Parameter || value is Buffer || value is RandomState || value is Module { return true }
  if value is any SelfContained || value is any StateFreeArray || depth > 4 { return false }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .class, .none: return false
  case .collection, .set, .dictionary:
    // One element tells: containers are searched for kinds of parts, not for particular ones.
    return mirror.children.first.map { holdsState($0.value, depth: depth + 1) } ?? false
  default:
    return mirror.children.contains { holdsState($0.value, depth: depth + 1) }
  }
}

private func holdsState(_ type: Any.Type) -> Bool { (type as? any StateHolder.Type)?.holdsState ?? false }

/// Types that tell statically whether they hold parts, for containers that are empty when they are looked at.
private protocol StateHolder { static var holdsState: Bool { get } }

extension Module: StateHolder { static var holdsState: Bool { true } }
extension Parameter: StateHolder { static var holdsState: Bool { true } }
extension Buffer: StateHolder { static var holdsState: Bool { true } }
extension RandomState: StateHolder { static var holdsState: Bool { true } }
extension Tensor: StateHolder { static var holdsState: Bool { true } }
extension Optional: StateHolder {
  static var holdsState: Bool { (Wrapped.self as? any StateHolder.Type)?.holdsState ?? false }
}
extension Array: StateHolder {
  static var holdsState: Bool { (Element.self as? any StateHolder.Type)?.holdsState ?? false }
}
extension Dictionary: StateHolder {
  static var holdsState: Bool { (Value.self as? any StateHolder.Type)?.holdsState ?? false }
}

/// Arrays of numbers and text, which are not searched element by element.
private protocol StateFreeArray {}
extension Array: StateFreeArray where Element: StateFree {}
private protocol StateFree {}
extension Int: StateFree {}
extension UInt8: StateFree {}
extension Float: StateFree {}
extension Double: StateFree {}
extension Bool: StateFree {}
extension String: StateFree {}

/// `conv2DLayer` becomes `conv2d_layer`, `runningMean` becomes `running_mean`, `_x` becomes `x`.
func snakeCase(_ name: String) -> String {
  let letters = Array(name.drop { $0 == "_" })
  var result = ""
  for (index, letter) in letters.enumerated() {
    if letter.isUppercase, index > 0 {
      let previous = letters[index - 1]
      let nextIsLower = index + 1 < letters.count && letters[index + 1].isLowercase
      if previous.isLowercase || (nextIsLower && previous != "_") { result += "_" }
    }
    result += letter.lowercased()
  }
  return result
}
