extension Tensor {
  /// Resizes the spatial dimensions to `size`.
  ///
  /// With `alignsCorners` the centers of the corner pixels keep their places; without, their outer edges do.
  ///
  /// **Shapes**: self `[N, C]` + one to three spatial dimensions, result `[N, C]` + `size`.
  ///
  /// **Traps**: when the mode is for another number of dimensions, or `antialias` is asked of modes other than `.bilinear`
  /// and `.bicubic`.
  public func interpolate(
    size: any SpatialValues, mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) -> Tensor {
    trapping(try checked.interpolate(size: size, mode: mode, alignsCorners: alignsCorners, antialias: antialias))
  }

  /// Resizes each spatial dimension by its factor in `scales`.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C, H·scales[0], W·scales[1]]` rounded down; one and three dimensions alike.
  ///
  /// **Traps**: as ``Tensor/interpolate(size:mode:alignsCorners:antialias:)`` does, or when `scales` has another count.
  public func interpolate(
    scales: [Double], mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) -> Tensor {
    trapping(try checked.interpolate(scales: scales, mode: mode, alignsCorners: alignsCorners, antialias: antialias))
  }

  /// Resizes all spatial dimensions by one factor.
  ///
  /// **Shapes**: self `[N, C, H, W]`, result `[N, C, H·scale, W·scale]` rounded down; one and three dimensions alike.
  ///
  /// **Traps**: as ``Tensor/interpolate(size:mode:alignsCorners:antialias:)`` does.
  public func interpolate(
    scale: Double, mode: InterpolationMode = .nearest, alignsCorners: Bool = false, antialias: Bool = false
  ) -> Tensor {
    trapping(try checked.interpolate(scale: scale, mode: mode, alignsCorners: alignsCorners, antialias: antialias))
  }

  /// Reads values at points: the last dimension of `grid` holds `(x, y)`, or `(x, y, z)`, for every position of the result.
  ///
  /// **Shapes**: self `[N, C, H, W]`, grid `[N, H', W', 2]`, result `[N, C, H', W']`; with a third dimension in front alike.
  ///
  /// **Units**: -1 and 1 are the outer edges of the first and last pixel, or their centers with `alignsCorners`.
  ///
  /// **Traps**: when shapes, dtypes or devices do not fit.
  public func gridSample(
    _ grid: Tensor, mode: GridSampleMode = .bilinear, padding: GridPadding = .zeros, alignsCorners: Bool = false
  ) -> Tensor {
    trapping(try checked.gridSample(grid, mode: mode, padding: padding, alignsCorners: alignsCorners))
  }

  /// The sampling grid of the affine maps in self from output to input points, for `gridSample`.
  ///
  /// **Shapes**: self `[N, 2, 3]` with shape `[N, C, H, W]`, result `[N, H, W, 2]`; `[N, 3, 4]` with `[N, C, D, H, W]`
  /// alike.
  ///
  /// **Traps**: when self does not hold one such matrix per sample.
  public func affineGrid(shape: Shape, alignsCorners: Bool = false) -> Tensor {
    trapping(try checked.affineGrid(shape: shape, alignsCorners: alignsCorners))
  }
}
