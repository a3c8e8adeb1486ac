extension ImageDataset {
  /// Draws `count` images at random with the share of every class kept, to within one image, and returns them and the
  /// rest, both in their original order.
  ///
  /// The division depends on nothing but the labels, the number and the seed.
  ///
  /// **Traps**: unless 0 <= count <= the number of images.
  public func stratified(count wanted: Int, seed: UInt64) -> (first: ImageDataset, second: ImageDataset) {
    precondition((0...count).contains(wanted), "\(name): a split at \(wanted) of \(count) images")
    let sizes = classCounts
    // Each class gives the whole part of its share; the largest fractions give one more until the number is reached.
    var shares = sizes.map { $0 * wanted / max(count, 1) }
    let remainders = sizes.map { $0 * wanted % max(count, 1) }
    let order = sizes.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for label in order.prefix(wanted - shares.reduce(0, +)) { shares[label] += 1 }
    var rng = SeededGenerator(seed: seed)
    var isFirst = [Bool](repeating: false, count: count)
    for label in classNames.indices {
      var members = labels.indices.filter { labels[$0] == label }
      rng.shuffle(&members)
      for index in members.prefix(shares[label]) { isFirst[index] = true }
    }
    return (
      subset(labels.indices.filter { isFirst[$0] }), subset(labels.indices.filter { !isFirst[$0] })
    )
  }
}
