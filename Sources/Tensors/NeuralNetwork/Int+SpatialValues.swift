extension Int: SpatialValues {
  /// This number for every dimension.
  public func values(count: Int) -> [Int]? { [Int](repeating: self, count: count) }
}

extension [Int]: SpatialValues {
  /// These numbers, if there is one for each dimension.
  public func values(count: Int) -> [Int]? { self.count == count ? self : nil }
}
