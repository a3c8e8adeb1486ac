/// Gives every value and node of a graph a name of its own.
struct ONNXNames {
  private var taken: Set<String> = ["input", "output"]

  /// The name itself, or with a number where it is taken.
  mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var count = 1
    while !taken.insert(name).inserted {
      count += 1
      name = "\(wanted)_\(count)"
    }
    return name
  }
}
