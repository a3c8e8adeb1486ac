/// Finds the word that a misspelled one was probably meant to be.
public enum Spelling {
  /// The nearest of `words` to `word`, or nil if none is near.
  ///
  /// **Complexity**: `O(words × length²)`.
  public static func nearest(to word: String, among words: [String]) -> String? {
    let lowered = Array(word.lowercased())
    let allowed = max(1, lowered.count / 3)
    return
      words.filter { $0 != word }
      .map { (word: $0, distance: distance(lowered, Array($0.lowercased()))) }
      .filter { $0.distance <= allowed }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
  }

  /// The edit distance with insertions, deletions, substitutions and swaps of neighbors.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var rows = [Array(0...b.count)]
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
