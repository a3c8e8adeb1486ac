internal import Datasets
public import Training

/// What the `data` section of metamaterials has beside the numbers of cells.
public struct MetamaterialOptions: ConfigurationSection {
  /// Random changes of cells and tensors together, in training.
  public enum Change: String, Codable, CaseIterable, Sendable {
    /// Top and bottom, left and right exchanged, each with probability ½.
    case flips
    /// Turns by 0°, 90°, 180° or 270°.
    case rotations
    /// Cyclic shifts by any number of pixels.
    case shifts
  }

  /// An npz file of cells and labels; nil generates cells.
  public var file: String?
  /// Side of the cells in pixels.
  public var side: Int
  /// The seed of the division into parts.
  public var split: UInt64
  /// The random changes in training.
  public var augmentation: [Change]

  /// Creates options.
  public init(file: String? = nil, side: Int = 64, split: UInt64 = 0, augmentation: [Change] = []) {
    self.file = file
    self.side = side
    self.split = split
    self.augmentation = augmentation
  }

  /// Reads the options from the `data` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    file = try node.optionalString("file")
    side = try node.int("side", default: 64, in: .within(8...512))
    split = UInt64(try node.int("split", default: 0, in: .atLeast(0)))
    let names = try node.strings("augmentation", default: [], oneOf: Change.allCases.map(\.rawValue))
    if Set(names).count < names.count { throw node.invalid("augmentation", "names a change twice: \(names)") }
    augmentation = names.compactMap(Change.init)
  }

  /// The changes of images and tensors.
  var changes: CellAugmentation {
    CellAugmentation(
      augmentation.flatMap { change -> [CellAugmentation.Step] in
        switch change {
        case .flips: [.verticalFlip(), .horizontalFlip()]
        case .rotations: [.quarterTurns]
        case .shifts: [.roll]
        }
      })
  }
}
