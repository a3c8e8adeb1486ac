import Tensors

/// The numbers of an argument with one for each of `axes` axes.
func extents(_ argument: any SpatialValues, axes: Int, minimum: Int, _ layer: String, _ name: String) -> [Int] {
  guard let values = argument.values(count: axes), values.allSatisfy({ $0 >= minimum }) else {
    let count = axes == 1 ? "one integer" : "one or \(axes) integers"
    Torch.fail(op: layer, "\(name) must be \(count) of at least \(minimum), got \(argument)")
  }
  return values
}

/// The numbers as short as they can be printed: `3` or `[3, 5]`.
func extentText(_ values: [Int]) -> String {
  values.allSatisfy { $0 == values[0] } ? "\(values[0])" : "\(values)"
}
