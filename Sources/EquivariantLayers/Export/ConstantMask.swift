public import Layers
public import Tensors

/// Multiplies every channel by the same fixed picture.
///
/// **Shapes**: `[N, C, H, W]` to the same, with the picture's size.
/// **Symmetry**: that of the picture.
/// **Traps**: when the image has another size.
/// **State**: `mask` `[1, 1, H, W]`, not trained.
public final class ConstantMask: Layer {
  /// The picture, `[1, 1, H, W]`.
  public let mask: Buffer

  /// Creates the layer.
  ///
  /// **Traps**: unless the picture has two axes.
  public init(_ picture: Tensor) {
    require(picture.rank == 2, "ConstantMask", "expected a picture [H, W], got \(picture.shape)")
    mask = Buffer(picture.reshape([1, 1, picture.shape[0], picture.shape[1]]))
  }

  private func check(_ shape: Shape) {
    require(
      shape.count == 4 && shape[2] == mask.shape[2] && shape[3] == mask.shape[3], "ConstantMask",
      "expected [N, C, \(mask.shape[2]), \(mask.shape[3])], got \(shape)")
  }

  /// Multiplies.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x * mask.value.to(x.dtype)
  }

  /// Emits the product.
  public override func emitScript(_ emitter: inout ScriptEmitter, input: String) -> String {
    let mask = emitter.tensor(self.mask.value, named: "mask")
    return emitter.assign("\(input) * \(mask)")
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return shape
  }
}
