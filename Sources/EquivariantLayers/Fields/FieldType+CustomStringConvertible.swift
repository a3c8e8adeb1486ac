import Symmetry

extension FieldType: CustomStringConvertible {
  /// The runs of equal fields as `(count, name)`.
  private var runs: [(count: Int, name: String)] {
    var runs: [(count: Int, index: Int)] = []
    for index in storage.distinctIndex {
      if let last = runs.last, last.index == index {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((1, index))
      }
    }
    return runs.map { ($0.count, storage.distinct[$0.index].name) }
  }

  /// The text that `FieldType(_:on:)` reads: `4 trivial + 8 regular`.
  public var notation: String {
    Representation.notation(for: representations)
  }

  /// The fields, the group, and the number of channels: `4×trivial + 8×regular(C8) [68 channels]`.
  public var description: String {
    runs.map { "\($0.count)×\($0.name)" }.joined(separator: " + ") + "(\(space)) [\(size) channels]"
  }
}
