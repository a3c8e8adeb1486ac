/// One number for all spatial dimensions (`2`), or one for each (`[2, 1]`), as strides, paddings and sizes are given.
public protocol SpatialValues: Sendable {
  /// The number of each of `count` dimensions, or nil when there are numbers for another count.
  func values(count: Int) -> [Int]?
}
