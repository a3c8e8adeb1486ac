import Foundation
import Symmetry
import TestSupport

/// The values computed by the reference, from the folder beside the package; `nil` where that folder is absent.
struct Golden: Decodable {
  struct Basis: Decodable {
    let attrs: [Attributes]
    let values: [[[[Double]]]]
  }

  struct Attributes: Decodable {
    let radius: Double
    let sigma: Double
    let frequency: Int
    let gamma: Double
    let s: Int?
    let offset: Int?
    let in_irrep: String
    let out_irrep: String
    let in_irrep_idx: Int
    let out_irrep_idx: Int
  }

  enum Layer: Decodable {
    case convolution(Convolution)
    case other

    init(from decoder: any Decoder) throws {
      self = (try? Convolution(from: decoder)).map(Layer.convolution) ?? .other
    }
  }

  struct Convolution: Decodable {
    let shape: [Int]
    let y: [[[[Double]]]]
  }

  let basis_dims_k13579: [String: [Int]]
  let sampled_basis: [String: Basis]
  let layers: [String: Layer]

  static let shared: Golden? = {
    let file = Checkout.shared.appending(path: "golden/e2cnn_escnn.json")
    guard let data = try? Data(contentsOf: file) else {
      print("skipped: no golden values at ../shared/golden/e2cnn_escnn.json")
      return nil
    }
    do {
      return try JSONDecoder().decode(Golden.self, from: data)
    } catch {
      preconditionFailure("the golden file cannot be read: \(error)")
    }
  }()
}

/// The representation that the reference calls `name`.
func representation(_ name: String, _ group: Group) throws -> Representation {
  guard name.hasPrefix("irrep_") else { return group.regularRepresentation }
  return try group.irrep(id: name.dropFirst(6).split(separator: ",").compactMap { Int($0) })
}
