import Symmetry

/// The fields of a type that carry one label.
public struct FieldBranch: Hashable, Sendable {
  /// The label.
  public let label: String

  /// The positions of the fields in the type.
  public let fields: [Int]

  /// The type of the fields.
  public let type: FieldType
}

extension FieldBranch {
  /// One branch for each label, in the order in which the labels first appear.
  static func branches(
    of type: FieldType, labels: [String], order: FieldOrder, name: String
  ) -> [FieldBranch] {
    require(
      labels.count == type.count, name, "\(labels.count) labels for the \(type.count) fields of \(type)")
    var positions: [(label: String, fields: [Int])] = []
    for (field, label) in labels.enumerated() {
      if let known = positions.firstIndex(where: { $0.label == label }) {
        positions[known].fields.append(field)
      } else {
        positions.append((label, [field]))
      }
    }
    return positions.map { label, fields in
      let sorted = fields.sorted { order.key(type, $0) < order.key(type, $1) }
      return FieldBranch(label: label, fields: sorted, type: type.selecting(sorted))
    }
  }
}

extension FieldOrder {
  /// What the fields are sorted by; equal ones keep their order.
  fileprivate func key(_ type: FieldType, _ field: Int) -> (Int, String, Int) {
    let representation = type.representations[field]
    return switch self {
    case .asGiven: (0, "", field)
    case .bySize: (representation.size, "", field)
    case .bySizeAndName: (representation.size, representation.name, field)
    }
  }
}
