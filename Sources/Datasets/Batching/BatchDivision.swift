/// How the work on each batch is divided: first into parts that follow one another, then each part among processes.
///
/// Because the parts come first, each part has the same images for any number of processes.
public struct BatchDivision: Hashable, Sendable {
  /// The images of one part that one process works on, as places in the batch.
  public struct Piece: Hashable, Sendable {
    /// The images of this process.
    public let images: Range<Int>
    /// The images of all processes together.
    public let part: Range<Int>
  }

  /// The number of parts; a batch with fewer images has fewer.
  public let parts: Int
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let ranks: Int

  /// One part and one process.
  public static let none = BatchDivision()

  /// Describes a division.
  ///
  /// **Traps**: unless there is a part or more, and the rank is one of the processes.
  public init(parts: Int = 1, rank: Int = 0, ranks: Int = 1) {
    precondition(
      parts >= 1 && (0..<ranks).contains(rank),
      "BatchDivision: \(parts) parts and process \(rank) of \(ranks); expected a part or more, and processes from 0")
    self.parts = parts
    self.rank = rank
    self.ranks = ranks
  }

  /// The pieces of this process, one for each part; every process has as many, and none is empty unless the batch has
  /// fewer images than there are processes.
  public func pieces(of count: Int) -> [Piece] {
    let parts = max(1, min(parts, count / ranks))
    return (0..<parts).map { index in
      let part = Self.share(index, of: parts, in: 0..<count)
      return Piece(images: Self.share(rank, of: ranks, in: part), part: part)
    }
  }

  /// Divides as evenly as whole numbers allow.
  private static func share(_ index: Int, of shares: Int, in range: Range<Int>) -> Range<Int> {
    range.lowerBound + index * range.count / shares..<range.lowerBound + (index + 1) * range.count / shares
  }
}
