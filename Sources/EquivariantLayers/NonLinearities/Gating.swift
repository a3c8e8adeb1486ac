package import Layers
package import Symmetry
package import Tensors

/// The arithmetic of gates: which channels are multiplied by the sigmoid of which channel minus which bias.
package final class Gating: SelfContained {
  private let groups: ChannelGroups
  private let features: ChannelSelection
  private let gates: ChannelSelection
  private let biases: ChannelSelection
  /// For each channel of the output whether it is a gate itself; nil when gates are dropped.
  private let isGate: [Bool]?
  private let inputChannels: Int
  private var masks: [Device: Tensor] = [:]

  /// A field that is multiplied: its channels, and for each sub-field the channel of its gate.
  package struct Field {
    package let channels: Range<Int>
    package let gates: Range<Int>
    package let bias: Int
    package let isGate: Bool
  }

  package init(_ fields: [Field], inputChannels: Int) {
    self.inputChannels = inputChannels
    groups = ChannelGroups(
      sizes: fields.flatMap { field in
        Array(repeating: field.channels.count / field.gates.count, count: field.gates.count)
      })
    features = ChannelSelection(fields.flatMap(\.channels))
    gates = ChannelSelection(fields.flatMap(\.gates))
    biases = ChannelSelection(fields.flatMap { field in field.gates.map { _ in field.bias } })
    let isGate = fields.flatMap { field in field.channels.map { _ in field.isGate } }
    self.isGate = isGate.contains(true) ? isGate : nil
  }

  /// Pairs gates with gated fields.
  ///
  /// - Parameters:
  ///   - size: The size of the sub-fields of a gated field.
  ///   - keepsGates: Whether the gates' sigmoids are part of the output.
  package convenience init(
    _ type: FieldType, roles: [GateRole], pairing: GatePairing, keepsGates: Bool, name: String,
    size: (Representation) -> Int
  ) {
    let gates = roles.indices.filter { roles[$0] == .gate }
    var gated = roles.indices.filter { roles[$0] == .gated }
    if pairing == .byAscendingSize {
      let keys = Dictionary(
        uniqueKeysWithValues: gated.map { ($0, (type.representations[$0].size, size(type.representations[$0]), $0)) })
      gated.sort { (keys[$0] ?? (0, 0, 0)) < (keys[$1] ?? (0, 0, 0)) }
    }
    var gateOfField: [Int: Int] = [:]
    for (position, field) in gated.enumerated() { gateOfField[field] = position }
    for (position, field) in gates.enumerated() where keepsGates { gateOfField[field] = position }
    let fields = roles.indices.compactMap { field in
      gateOfField[field].map { position in
        Field(
          channels: type.channels[field], gates: type.channels[gates[position]], bias: position,
          isGate: roles[field] == .gate)
      }
    }
    for (gate, field) in zip(gates, gated) {
      let (gate, field) = (type.representations[gate], type.representations[field])
      let parts = field.size / size(field)
      require(
        gate.size == parts && (parts == 1 || Subfields.move(field, size: size(field), like: gate)), name,
        "the gate \(gate) has \(gate.size) channels, which the group does not move as the \(parts) sub-fields of "
          + "\(field)"
      )
    }
    self.init(fields, inputChannels: type.size)
  }

  /// Checks that there is a role for each field and as many gates as gated fields, and returns the roles.
  package static func roles(_ roles: [GateRole]?, _ type: FieldType, _ name: String) -> [GateRole] {
    let half = type.count / 2
    let roles = roles ?? Array(repeating: .gate, count: half) + Array(repeating: .gated, count: type.count - half)
    require(roles.count == type.count, name, "\(roles.count) roles for the \(type.count) fields of \(type)")
    let gates = roles.count { $0 == .gate }
    require(
      2 * gates == type.count && gates > 0, name,
      "\(gates) gates for \(type.count - gates) gated fields of \(type); each field needs one gate")
    return roles
  }

  /// The product of features and gates.
  package func callAsFunction(_ input: Tensor, bias: Tensor) -> Tensor {
    let raw = gates(input)
    let wide = raw.dtype == .float64 || raw.dtype == .float32 ? raw : raw.to(.float32)
    let factors = (wide - biases.entries(of: bias).reshape([1, groups.count, 1, 1])).sigmoid()
    var values = features(input)
    if isGate != nil { values = values.replacing(with: 1, where: mask(on: input.device)) }
    return groups.scale(values, by: factors)
  }

  private func mask(on device: Device) -> Tensor {
    if let known = masks[device] { return known }
    let values = (isGate ?? []).map { $0 ? 1 : 0 }
    let mask = Tensor(values, shape: [1, values.count, 1, 1], device: device).notEqual(to: 0)
    masks[device] = mask
    return mask
  }

  /// The plain layers that compute the product.
  package func layer(bias: Tensor) -> Layer {
    let group = groups.groupOfChannel
    let gateOfChannel = ChannelSelection(group.map { gates.channels[$0] })
    let shift = ChannelSelection(group.map { biases.channels[$0] }).entries(of: bias)
    var branch = features.layer(of: inputChannels)
    if let isGate {
      let scale = Tensor(isGate.map { $0 ? 0.0 : 1 }, shape: [isGate.count], dtype: bias.dtype, device: bias.device)
      branch = Sequential(branch, ChannelAffine(scale: scale, shift: -scale + 1))
    }
    return Product(
      branch,
      Sequential(gateOfChannel.layer(of: inputChannels), ChannelAffine(shift: -shift), Activation(.sigmoid)))
  }
}
