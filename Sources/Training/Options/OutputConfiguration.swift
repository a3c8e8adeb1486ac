/// What a run writes beside its weights: the `output` section.
///
/// These settings do not change the result, so a run may be resumed with others.
public struct OutputConfiguration: Codable, Hashable, Sendable {
  /// Whether to write TensorBoard event files.
  public var tensorBoard: Bool
  /// Steps between the lines of metrics within an epoch; nil (0 in a file) writes one line per epoch only.
  public var logEvery: Int?
  /// Whether TensorBoard gets a histogram of each parameter after each epoch.
  public var histograms: Bool
  /// The name of a table with the line `epoch,train_loss,test_loss,test_accuracy` and one of numbers for each epoch, whose
  /// last two columns are of the validation images; nil for none.
  public var csv: String?

  /// Creates options.
  public init(tensorBoard: Bool = true, logEvery: Int? = 50, histograms: Bool = false, csv: String? = nil) {
    self.tensorBoard = tensorBoard
    self.logEvery = logEvery
    self.histograms = histograms
    self.csv = csv
  }
}

extension OutputConfiguration: ConfigurationSection {
  /// Reads the `output` section.
  ///
  /// **Throws**: `ConfigurationError` with the file and line, or the flag.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    self.init()
    tensorBoard = try node.bool("tensorBoard", default: tensorBoard)
    let interval = try node.int("logEvery", default: logEvery ?? 0, in: .atLeast(0))
    logEvery = interval == 0 ? nil : interval
    histograms = try node.bool("histograms", default: histograms)
    csv = try node.optionalString("csv")
    if let csv, csv.contains("/") || !csv.hasSuffix(".csv") || csv == ".csv" {
      throw node.invalid("csv", "must be a file name that ends in .csv, found \"\(csv)\"")
    }
  }
}
