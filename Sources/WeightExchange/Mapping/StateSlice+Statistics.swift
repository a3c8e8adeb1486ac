import EquivariantLayers
import OrderedCollections
import Symmetry

/// Normalizations and nonlinearities that gather fields by size or by representation.
extension StateSlice {
  /// `{size}_weight` and so on, with the fields of each gathering.
  static func gathered<Group: Hashable>(
    _ keys: [String], by groups: [Group], _ name: (Group) -> String
  ) -> [StateSlice] {
    keys.flatMap { key in
      if key == "num_batches_tracked" { return [StateSlice(ours: key, theirs: key, isOptional: true)] }
      return places(of: groups).map { StateSlice(ours: key, theirs: "\(name($0.value))_\(key)", places: $0.places) }
    }
  }

  /// What is gathered by the name of the representation; each key has some numbers for each field.
  ///
  /// - Parameters:
  ///   - count: How many numbers of a key a field of a representation has.
  ///   - finish: Adds what is special about a slice.
  static func gatheredByName(
    _ keys: [String], _ type: FieldType, _ theirs: ForeignModule, count: (String, Representation) -> Int,
    finish: (inout StateSlice, Representation) -> Void = { _, _ in }
  ) -> [StateSlice] {
    let names = names(of: type, in: theirs)
    return keys.flatMap { key -> [StateSlice] in
      if key == "num_batches_tracked" { return [StateSlice(ours: key, theirs: key, isOptional: true)] }
      var places: [String: [Int]] = [:]
      var next = 0
      for (field, representation) in type.representations.enumerated() {
        let count = count(key, representation)
        places[names[field], default: []] += next..<(next + count)
        next += count
      }
      return Self.places(of: names).map { name, fields in
        var slice = StateSlice(ours: key, theirs: "\(name)_\(key)", places: places[name, default: []])
        finish(&slice, type.representations[fields[0]])
        return slice
      }
    }
  }

  /// Their name for each field's representation; with a single representation, whatever name they use.
  private static func names(of type: FieldType, in theirs: ForeignModule) -> [String] {
    let names = type.representations.map { ReferenceName.name(of: $0) }
    let suffix = "_weight"
    let found = theirs.entries.keys.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
    if type.isUniform, found.count == 1 { return names.map { _ in found[0] } }
    return names
  }

  /// One tensor for all fields, in ascending order of what is compared; equal ones keep their order.
  static func ascending(_ keys: [String], _ order: [[Int]]) -> [StateSlice] {
    let places = order.indices.sorted { first, second in
      order[first] == order[second] ? first < second : order[first].lexicographicallyPrecedes(order[second])
    }
    return keys.map { StateSlice(ours: $0, theirs: $0, places: places) }
  }
}
