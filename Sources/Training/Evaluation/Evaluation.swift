/// How well a network classifies a data set.
public struct Evaluation: Codable, Hashable, Sendable {
  /// The numbers of one class.
  public struct ClassScore: Codable, Hashable, Sendable {
    /// The name of the class.
    public let name: String
    /// The images of the class.
    public let count: Int
    /// The share of the images of the class that were told to be of it.
    public let recall: Double
    /// The share of the images told to be of the class that are of it.
    public let precision: Double
  }

  /// The number of images.
  public let count: Int
  /// The mean cross entropy.
  public let loss: Double
  /// The share of images predicted correctly.
  public let accuracy: Double
  /// The images by true class (row) and predicted class (column).
  public let confusion: [[Int]]
  /// The names of the classes.
  public let classNames: [String]

  /// Creates an evaluation from its counts.
  public init(loss: Double, confusion: [[Int]], classNames: [String]) {
    self.loss = loss
    self.confusion = confusion
    self.classNames = classNames
    count = confusion.reduce(0) { $0 + $1.reduce(0, +) }
    let correct = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
    accuracy = count == 0 ? 0 : Double(correct) / Double(count)
  }

  /// The numbers of each class; a share of nothing is 0.
  public var classes: [ClassScore] {
    classNames.indices.map { index in
      let row = confusion[index].reduce(0, +)
      let column = confusion.reduce(0) { $0 + $1[index] }
      let hits = Double(confusion[index][index])
      return ClassScore(
        name: classNames[index], count: row, recall: row == 0 ? 0 : hits / Double(row),
        precision: column == 0 ? 0 : hits / Double(column))
    }
  }
}
