/// One of the networks that the radio-galaxy study compares, as its name on the command line says.
///
/// `vanilla`, `c16` and `d16` (any number of rotations), `d16-restricted` (a group in the first layer only), `hmtnet`; with
/// `-norot` at the end, the training images are not turned.
public struct RadioGalaxyNetwork: Hashable, Sendable {
  /// The settings of the network.
  public let model: RadioGalaxyModelConfiguration
  /// Whether the training images are turned at random.
  public let isAugmented: Bool
  /// The name on the command line and of the folder of its runs.
  public let name: String

  /// Reads a name.
  ///
  /// **Throws**: `StudyError.option` for any other text.
  public init(_ name: String) throws(StudyError) {
    let suffix = "-norot"
    isAugmented = !name.hasSuffix(suffix)
    let base = isAugmented ? name : String(name.dropLast(suffix.count))
    self.name = name
    if let kind: RadioGalaxyModelConfiguration.Kind = ["vanilla": .vanillaLeNet, "hmtnet": .hmtNet][base] {
      model = RadioGalaxyModelConfiguration(kind: kind)
      return
    }
    let restricted = base.hasSuffix("-restricted")
    let group = restricted ? String(base.dropLast("-restricted".count)) : base
    guard let rotations = Int(group.dropFirst()), (1...64).contains(rotations),
      group == "\(group.prefix(1))\(rotations)",
      group.hasPrefix("d") || (group.hasPrefix("c") && !restricted)
    else {
      throw .option(
        name: "models",
        problem: "must list vanilla, c16, d16, d16-restricted (any number of rotations from 1 to 64) or hmtnet, each "
          + "perhaps with -norot, found \"\(name)\"")
    }
    let kind: RadioGalaxyModelConfiguration.Kind =
      restricted ? .dnRestrictedLeNet : group.hasPrefix("c") ? .cnSteerableLeNet : .dnSteerableLeNet
    model = RadioGalaxyModelConfiguration(kind: kind, rotations: rotations)
  }

  /// Reads a list separated by commas.
  ///
  /// **Throws**: `StudyError.option` for an unknown name, a repeated one, or none.
  public static func list(_ text: String) throws(StudyError) -> [RadioGalaxyNetwork] {
    var networks: [RadioGalaxyNetwork] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      let network = try RadioGalaxyNetwork(name.filter { $0 != " " }.lowercased())
      guard !networks.contains(where: { $0.name == network.name }) else {
        throw .option(name: "models", problem: "names \(network.name) twice")
      }
      networks.append(network)
    }
    return networks
  }

  /// The name in tables and pictures, as in the publication: {e} for the plain network.
  public var label: String {
    let base =
      switch model.kind {
      case .vanillaLeNet: "{e}"
      case .cnSteerableLeNet: "C\(model.rotations)"
      case .dnSteerableLeNet: "D\(model.rotations)"
      case .dnRestrictedLeNet: "D\(model.rotations) in layer 1"
      case .hmtNet: "HMTNet"
      }
    return isAugmented ? base : base + ", upright"
  }

  /// The `model` section of a configuration.
  var yaml: String {
    let rotations = model.kind.isSteerable ? ", rotations: \(model.rotations)" : ""
    return "{kind: \(model.kind.rawValue)\(rotations)}"
  }
}
