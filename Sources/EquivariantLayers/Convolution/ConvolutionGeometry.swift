import Symmetry
import Tensors

/// The numbers that place a kernel on an image, checked.
struct ConvolutionGeometry {
  let kernelSize: Int
  let stride: Int
  let padding: [Int]
  let dilation: Int
  let groups: Int

  /// **Traps**: when the types live on different spaces, numbers are out of range, or groups do not divide the fields.
  init(
    _ layer: String, from input: FieldType, to output: FieldType, kernelSize: Int, stride: Int,
    padding: any SpatialValues, dilation: Int, groups: Int
  ) {
    require(
      input.space == output.space, layer,
      "input type \(input) and output type \(output) live on different spaces")
    require(
      kernelSize >= 1 && stride >= 1 && dilation >= 1, layer,
      "kernel size \(kernelSize), stride \(stride), and dilation \(dilation) must be positive")
    guard let pads = padding.values(count: 2), pads.allSatisfy({ $0 >= 0 }) else {
      fail(layer, "padding must be one or two integers of at least 0, got \(padding)")
    }
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = pads
    self.dilation = dilation
    self.groups = groups
    require(groups >= 1, layer, "groups must be positive, got \(groups)")
    for (type, side) in [(input, "input"), (output, "output")] where groups > 1 {
      require(
        type.count.isMultiple(of: groups), layer,
        "\(groups) groups do not divide the \(type.count) fields of \(side) type \(type)")
      let size = type.count / groups
      let indices = type.storage.distinctIndex
      require(
        indices.indices.allSatisfy { indices[$0] == indices[$0 % size] }, layer,
        "the \(groups) groups of \(side) type \(type) do not repeat the same representations")
    }
  }

  /// The input of one group; all groups have the same.
  func group(of input: FieldType) -> FieldType {
    groups == 1 ? input : input[0..<(input.count / groups)]
  }
}
