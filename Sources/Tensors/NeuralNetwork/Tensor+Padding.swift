extension Tensor {
  /// Adds values around the last dimensions.
  ///
  /// `amounts` starts at the last dimension: `[left, right, top, bottom, …]`. Negative amounts crop in `.constant` mode.
  ///
  /// **Shapes**: self `[…, H, W]`, result `[…, top + H + bottom, left + W + right]`.
  ///
  /// **Traps**: when `amounts` has an odd count, or a mode other than `.constant` pads N or C or too much.
  public func pad(_ amounts: [Int], mode: PaddingMode = .constant, value: Double = 0) -> Tensor {
    trapping(try checked.pad(amounts, mode: mode, value: value))
  }
}
