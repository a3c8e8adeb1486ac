internal import Datasets
public import Training

/// The INI files with which the radio-galaxy study was published, translated as they are into settings of an experiment.
///
/// What is translated is what the original does, accidents included: the first images are validated with, and they are
/// rotated at random, too. Keys that it has no use for are left out, also those that say where it writes; the name of its
/// log becomes that of a table in the run's folder.
///
/// **Reference**: Scaife and Porter 2021, MNRAS 503, 2369; the package E2CNNRadGal.
public struct E2CNNRadGalConfiguration: Sendable {
  /// The settings of the experiment, with the places where they were written.
  public let settings: [ConfigurationNode.Translated]

  /// The networks by the names of the original's classes.
  static let networks: [(name: String, kind: RadioGalaxyModelConfiguration.Kind)] = [
    ("VanillaLeNet", .vanillaLeNet), ("CNSteerableLeNet", .cnSteerableLeNet), ("DNSteerableLeNet", .dnSteerableLeNet),
    ("DNRestrictedLeNet", .dnRestrictedLeNet), ("HMTNet", .hmtNet),
  ]

  /// The data sets by the names of the original's classes, with the key that tells which part of them.
  static let datasets: [(name: String, kind: DataConfiguration.Kind, key: String, part: String)] = [
    ("MBFRConfident", .miraBest, "selection", MiraBest.Selection.confident.rawValue),
    ("MBFRUncertain", .miraBest, "selection", MiraBest.Selection.uncertain.rawValue),
    ("MBHybrid", .miraBest, "selection", MiraBest.Selection.hybrid.rawValue),
    ("MiraBest_full", .miraBest, "selection", MiraBest.Selection.full.rawValue),
    ("FRDEEPF", .frDEEP, "survey", FRDEEP.Survey.first.rawValue),
    ("FRDEEPN", .frDEEP, "survey", FRDEEP.Survey.nvss.rawValue),
  ]

  /// Translates a file.
  ///
  /// **Throws**: `ConfigurationError` with file, line, section and key.
  public init(_ file: INIFile) throws(ConfigurationError) {
    settings = try Translation(file).settings()
  }
}

/// The work of translating one file.
private struct Translation {
  let file: INIFile
  let model: INIFile.Section
  let data: INIFile.Section
  let training: INIFile.Section

  init(_ file: INIFile) throws(ConfigurationError) {
    func section(_ name: String) throws(ConfigurationError) -> INIFile.Section {
      guard let section = file[name] else {
        throw ConfigurationError(
          origin: .file(file.path),
          message: "there is no section [\(name)]; expected [model], [data] and [training], found "
            + file.sections.map { "[\($0.name)]" }.joined(separator: ", "))
      }
      return section
    }
    self.file = file
    model = try section("model")
    data = try section("data")
    training = try section("training")
  }

  func settings() throws(ConfigurationError) -> [ConfigurationNode.Translated] {
    // Whatever is no Python value is an error, whether it is used or not, as in the original.
    for section in file.sections {
      for entry in section.entries { _ = try section.literal(entry.key) }
    }
    var settings: [ConfigurationNode.Translated] = [
      .init("name", .string(try name()), .file(file.path)), .init("seed", .int(0), .file(file.path)),
    ]
    settings += try dataSettings()
    settings += try modelSettings()
    settings += try trainingSettings()
    if let section = file["output"], let csv = try optionalText("csvfile", in: section) {
      let name = csv.split(separator: "/").last.map(String.init) ?? csv
      settings.append(.init("output.csv", .string(name), origin("csvfile", section)))
    }
    return settings
  }

  /// The folder of the original's results names the experiment, or the file does.
  private func name() throws(ConfigurationError) -> String {
    if let section = file["metrics"], let folder = try optionalText("outputdir", in: section),
      let name = folder.split(separator: "/").last
    {
      return String(name)
    }
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  private func dataSettings() throws(ConfigurationError) -> [ConfigurationNode.Translated] {
    let name = try text("dataset", in: data)
    let known = E2CNNRadGalConfiguration.datasets
    guard let dataset = known.first(where: { $0.name == name }) else {
      if name == "MLFR" {
        throw data.invalid(
          "dataset", "is 'MLFR', whose images were never published; known are \(names(known.map(\.name)))")
      }
      throw data.invalid("dataset", unknown(name, known.map(\.name)))
    }
    let (base, _) = try network()
    let part = ConfigurationNode.Translated("data.\(dataset.key)", .string(dataset.part), origin("dataset", data))
    var settings: [ConfigurationNode.Translated] = [
      .init("data.kind", .string(dataset.kind.rawValue), origin("dataset", data)), part,
      .init("data.crop", .int(try int("imsize", in: training)), origin("imsize", training)),
      // HMTNet is the only network that was made for the images as they are.
      .init("data.padding", .int(base == .hmtNet ? 0 : 1), origin("imsize", training)),
      .init("data.validationSplit", .string("first"), origin("frac_val", training)),
    ]
    let fraction = try double("frac_val", in: training)
    guard fraction > 0, fraction < 1 else {
      throw training.invalid("frac_val", "must be more than 0 and less than 1, found \(fraction)")
    }
    settings.append(.init("data.validationFraction", .double(fraction), origin("frac_val", training)))
    if let folder = try optionalText("datadir", in: data) {
      settings.append(.init("data.folder", .string(folder), origin("datadir", data)))
    }
    for (key, path) in [("datamean", "data.mean"), ("datastd", "data.deviation")] {
      guard try data.literal(key) != nil else { continue }
      settings.append(.init(path, .list([.double(try double(key, in: data))]), origin(key, data)))
    }
    let classes = dataset.name == "MiraBest_full" ? MiraBest.codes.count : 2
    if try training.literal("num_classes") != nil, case let number = try int("num_classes", in: training),
      number != classes
    {
      throw training.invalid("num_classes", "is \(number), but \(name) has \(classes) classes")
    }
    return settings
  }

  private func network() throws(ConfigurationError) -> (kind: RadioGalaxyModelConfiguration.Kind, name: String) {
    let name = try text("base", in: model)
    let known = E2CNNRadGalConfiguration.networks
    guard let network = known.first(where: { $0.name == name }) else {
      throw model.invalid("base", unknown(name, known.map(\.name)))
    }
    return (network.kind, name)
  }

  private func modelSettings() throws(ConfigurationError) -> [ConfigurationNode.Translated] {
    let (kind, name) = try network()
    var settings = [ConfigurationNode.Translated("model.kind", .string(kind.rawValue), origin("base", model))]
    guard kind.isSteerable else { return settings }
    switch try model.literal("nrot") {
    case .int(let rotations)?: settings.append(.init("model.rotations", .int(rotations), origin("nrot", model)))
    case nil, PythonLiteral.none?: throw model.invalid("nrot", "must be a whole number for \(name)")
    default: throw model.invalid("nrot", "must be a whole number")
    }
    return settings
  }

  private func trainingSettings() throws(ConfigurationError) -> [ConfigurationNode.Translated] {
    func setting(_ path: String, _ value: ConfigurationValue, _ key: String) -> ConfigurationNode.Translated {
      .init("training.\(path)", value, origin(key, training))
    }
    var keepsBest = false
    switch try model.literal("early_stopping") {
    case .bool(let value)?: keepsBest = value
    case nil, PythonLiteral.none?: break
    default: throw model.invalid("early_stopping", "must be True or False")
    }
    return [
      setting("epochs", .int(try int("epochs", in: training)), "epochs"),
      setting("batchSize", .int(try int("batch_size", in: training)), "batch_size"),
      setting("optimizer.kind", .string("adam"), "lr0"),
      setting("optimizer.learningRate", .double(try double("lr0", in: training)), "lr0"),
      setting("optimizer.weightDecay", .double(try double("decay", in: training)), "decay"),
      setting("schedule.kind", .string("plateau"), "lr0"), setting("schedule.factor", .double(0.9), "lr0"),
      setting("schedule.patience", .int(2), "lr0"), setting("schedule.threshold", .double(1e-4), "lr0"),
      setting("schedule.smallestChange", .double(1e-8), "lr0"),
      // From -360° to 360°, which are the same angles as from -180° to 180°.
      setting("augmentation.rotation", .double(180), "imsize"),
      setting("augmentation.validation", .bool(true), "frac_val"),
      .init("training.keep", .string(keepsBest ? "best" : "last"), origin("early_stopping", model)),
    ]
  }

  // MARK: - Values

  private func origin(_ key: String, _ section: INIFile.Section) -> ConfigurationOrigin {
    section.entries.first { $0.key == key }?.origin ?? section.origin
  }

  private func names(_ names: [String]) -> String { names.joined(separator: ", ") }

  private func unknown(_ name: String, _ known: [String]) -> String {
    "is '\(name)'; expected one of \(names(known))"
      + (Spelling.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? "")
  }

  private func text(_ key: String, in section: INIFile.Section) throws(ConfigurationError) -> String {
    guard let text = try optionalText(key, in: section) else { throw section.missing(key) }
    return text
  }

  private func optionalText(_ key: String, in section: INIFile.Section) throws(ConfigurationError) -> String? {
    switch try section.literal(key) {
    case .text(let text)?: return text
    case nil, PythonLiteral.none?: return nil
    default: throw section.invalid(key, "must be a text in quotes")
    }
  }

  private func int(_ key: String, in section: INIFile.Section) throws(ConfigurationError) -> Int {
    switch try section.literal(key) {
    case .int(let value)?: return value
    case nil: throw section.missing(key)
    default: throw section.invalid(key, "must be a whole number")
    }
  }

  private func double(_ key: String, in section: INIFile.Section) throws(ConfigurationError) -> Double {
    switch try section.literal(key) {
    case .int(let value)?: return Double(value)
    case .double(let value)?: return value
    case nil: throw section.missing(key)
    default: throw section.invalid(key, "must be a number")
    }
  }
}
