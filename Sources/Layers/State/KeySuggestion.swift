/// The candidate nearest to a key, if one is near enough to be a slip or a renamed part.
package func nearestKey(to key: String, among candidates: some Sequence<String>) -> String? {
  var best: (key: String, distance: Int)?
  let last = key.split(separator: ".").last
  for candidate in candidates {
    var distance = 2 * editDistance(key, candidate)
    if candidate.split(separator: ".").last == last { distance -= 2 }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(4, key.count) else { return nil }
  return best.key
}

/// How many insertions, deletions and replacements turn one text into the other.
package func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first.utf8)
  let second = Array(second.utf8)
  var previous = Array(0...second.count)
  for (row, letter) in first.enumerated() {
    var current = [row + 1]
    for (column, other) in second.enumerated() {
      current.append(min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1)))
    }
    previous = current
  }
  return previous[second.count]
}
