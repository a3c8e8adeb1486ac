/// What a checkpoint belongs to: the settings of its run, by their dotted paths.
struct CheckpointIdentity: Codable, Hashable {
  var settings: [String: String]

  /// Settings that came after the first checkpoints, with the value that their absence stands for.
  private static let later = ["training.accumulate": "1"]

  /// Takes all settings but those of the output and of memory, which do not change the result.
  init(_ value: ConfigurationValue) {
    settings = [:]
    for (path, text) in value.flattened where path != "output" && !path.hasPrefix("output.") {
      if path == "training.recompute" || text == Self.later[path] { continue }
      settings[path] = text
    }
  }

  /// The first setting that differs, in words; nil if all agree.
  func difference(from other: CheckpointIdentity) -> String? {
    for path in Set(settings.keys).union(other.settings.keys).sorted() where settings[path] != other.settings[path] {
      let theirs = settings[path] ?? "not set"
      let ours = other.settings[path] ?? "not set"
      return "\(path) is \(theirs) there and \(ours) here"
    }
    return nil
  }
}
