public import Datasets
internal import Foundation
internal import Training

extension DataConfiguration {
  /// Reads the `data` section of metamaterials.
  static func metamaterials(_ node: ConfigurationNode) throws(ConfigurationError) -> DataConfiguration {
    let options = try MetamaterialOptions(node)
    var data = DataConfiguration(
      kind: .metamaterials, seed: UInt64(try node.int("seed", default: 2024, in: .atLeast(0))),
      training: try node.int("training", default: 2_400, in: .within(1...100_000)),
      validation: try node.int("validation", default: 0, in: .within(0...100_000)),
      test: try node.int("test", default: 600, in: .within(1...100_000)), imageSide: options.side,
      validateOnTest: try node.bool("validateOnTest", default: false), normalize: false)
    data.cells = options
    if data.validateOnTest, data.validation > 0 {
      throw node.invalid("validateOnTest", "and data.validation exclude each other; leave one of them out")
    }
    return data
  }

  /// Reads or generates unit cells with their elasticity tensors, and divides them.
  ///
  /// The division follows from `split` alone: a smaller training part is the beginning of a larger one, and the test part
  /// stays the same.
  ///
  /// - Parameters:
  ///   - folder: Where data files lie if the file is not found as it is named; nil looks at the environment variable
  ///     `STEERABLE_DATA`.
  ///   - progress: Hears of the number of cells generated, from any thread.
  ///
  /// **Throws**: `DatasetError` for a file that is missing, broken or too small.
  public func loadCells(
    folder: String?, progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> Splits<AugmentedCells> {
    guard let cells else { throw DatasetError.invalid("data.kind: \(kind.rawValue) has no unit cells") }
    let wanted = training + validation + test
    let all: RegressionDataset
    if let file = cells.file {
      all = try MetamaterialFile.read(Self.place(of: file, folder: folder))
      guard all.imageShape.height == cells.side else {
        throw DatasetError.invalid(
          "\(file) has cells of \(all.imageShape.height)×\(all.imageShape.width) pixels, data.side is \(cells.side)")
      }
    } else {
      all = try RegressionDataset(
        name: "metamaterials",
        cells: MetamaterialGenerator(side: cells.side).cells(
          count: wanted, seed: seed, progress: progress))
    }
    return try splits(of: all)
  }

  /// Divides cells that are there already.
  ///
  /// **Throws**: `DatasetError` if they are too few.
  public func splits(of all: RegressionDataset) throws(DatasetError) -> Splits<AugmentedCells> {
    let options = cells ?? MetamaterialOptions()
    let wanted = training + validation + test
    guard wanted <= all.count else {
      throw .invalid("\(all.name) has \(all.count) unbroken cells; data asks for \(wanted) in all parts together")
    }
    var rng = SeededGenerator(seed: options.split, stream: 1)
    let order = rng.permutation(all.count)
    let testing = AugmentedCells(all.subset(Array(order[..<test])))
    let validating = validateOnTest ? testing : AugmentedCells(all.subset(Array(order[test..<(test + validation)])))
    let learning = all.subset(Array(order[(test + validation)..<wanted]))
    return Splits(
      training: AugmentedCells(learning, augmentation: options.changes), validation: validating, test: testing)
  }

  private static func place(of file: String, folder: String?) throws(DatasetError) -> URL {
    if FileManager.default.fileExists(atPath: file) { return URL(fileURLWithPath: file) }
    let source = "`steerable generate metamaterials` makes one"
    let folder = try DataFolder.resolve(folder, dataset: "metamaterials (\(file))", source: source)
    let url = folder.appending(path: file)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw .missingFile(name: file, folder: folder.path, source: source)
    }
    return url
  }
}
