/// Numbers computed by e2cnn (counts of weights also by escnn): `Tests/Goldens/e2cnn_escnn.json`.
package struct ReferenceGoldens: Decodable, Sendable {
  /// A representation: its irreps, and the matrix that takes their sum to it.
  package struct Representation: Decodable, Sendable {
    package let irreps: [String]
    package let changeOfBasis: [[Double]]
    package let supported: [String]?

    private enum CodingKeys: String, CodingKey {
      case irreps, supported
      case changeOfBasis = "change_of_basis"
    }
  }

  /// A sampled kernel basis, as `[dimension][out][in][k·k]`, with what each element is made of.
  package struct Basis: Decodable, Sendable {
    package struct Element: Decodable, Sendable {
      package let radius: Double
      package let sigma: Double
      package let frequency: Int
      package let gamma: Double
      package let s: Int?
      package let offset: Int?
      package let inIrrep: String
      package let outIrrep: String
      package let inIrrepIndex: Int
      package let outIrrepIndex: Int

      private enum CodingKeys: String, CodingKey {
        case radius, sigma, frequency, gamma, s, offset
        case inIrrep = "in_irrep"
        case outIrrep = "out_irrep"
        case inIrrepIndex = "in_irrep_idx"
        case outIrrepIndex = "out_irrep_idx"
      }
    }

    package let elements: [Element]
    package let values: [Double]

    private enum CodingKeys: String, CodingKey { case attrs, values }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      elements = try container.decode([Element].self, forKey: .attrs)
      values = try container.decode(Numbers.self, forKey: .values).flat
    }
  }

  /// The output of a layer; some are given with their shape, some as values only.
  package struct Layer: Decodable, Sendable {
    package let shape: [Int]?
    package let values: [Double]

    private enum CodingKeys: String, CodingKey { case shape, y }

    package init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: CodingKeys.self) {
        shape = try container.decodeIfPresent([Int].self, forKey: .shape)
        values = try container.decode(Numbers.self, forKey: .y).flat
      } else {
        shape = nil
        values = try Numbers(from: decoder).flat
      }
    }
  }

  /// The dimensions of kernel bases at the sizes 1, 3, 5, 7 and 9, by "group|in->out|rule".
  package let dimensions: [String: [Int]]
  /// Sampled bases, by "group|in->out|k size|rule".
  package let bases: [String: Basis]
  /// Regular representations, by group.
  package let regular: [String: Representation]
  /// Quotient representations, by "group/subgroup".
  package let quotient: [String: Representation]
  /// Induced representations, by "group from subgroup irrep".
  package let induced: [String: Representation]
  /// Irreps restricted to subgroups, by "group|irrep->subgroup".
  package let restrictions: [String: Representation]
  /// Outputs of layers on the inputs that the file's own note describes.
  package let layers: [String: Layer]
  /// The numbers of weights of whole networks, by library ("e2cnn", "escnn") and name.
  package let parameterCounts: [String: [String: Int]]

  private enum CodingKeys: String, CodingKey {
    case regular, quotient, induced, layers
    case dimensions = "basis_dims_k13579"
    case bases = "sampled_basis"
    case restrictions = "restrict_irreps"
    case parameterCounts = "param_counts"
  }

  private static let file = Result<ReferenceGoldens, any Error> { try Checkout.decodedGolden("e2cnn_escnn.json") }

  /// The numbers, read once.
  ///
  /// **Throws**: when the file is absent or of another form.
  package static func load() throws -> ReferenceGoldens { try file.get() }

  /// The layer whose name begins with `prefix`; nil if there is none.
  package func layer(_ prefix: String) -> Layer? { layers.first { $0.key.hasPrefix(prefix) }?.value }
}

/// Numbers nested to any depth.
private struct Numbers: Decodable {
  let flat: [Double]

  init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var flat: [Double] = []
      while !list.isAtEnd { flat += try list.decode(Numbers.self).flat }
      self.flat = flat
    } else {
      flat = [try decoder.singleValueContainer().decode(Double.self)]
    }
  }
}
