public import Layers
import Symmetry
public import Tensors

/// Applies a function to every channel and to its negative, and keeps both.
///
/// Channel x becomes the neighbors f(x) and f(−x).
///
/// **Shapes**: `[N, C, H, W]` to `[N, 2 C, H, W]`.
///
/// **Symmetry**: exact for every element of a finite group that permutes channels up to their signs.
///
/// **Traps**: when a representation is not of that kind.
///
/// **Reference**: Shang, Sohn, Almeida, Lee (2016).
///
/// **escnn**: `ConcatenatedNonLinearity` (`c_relu`, `c_sigmoid`, `c_tanh`). The change of basis of its output comes
/// from a numerical search, so the weights of a convolution that follows do not carry over.
public final class ConcatenatedNonLinearity: EquivariantModule {
  /// The function.
  public let function: PointwiseFunction

  /// Creates the layer.
  public init(_ type: FieldType, _ function: PointwiseFunction = .relu) {
    let name = "ConcatenatedNonLinearity"
    self.function = function
    Self.requireCapability(
      .concatenated, type, name, "does not permute channels up to their signs, as elements of a finite group can")
    do {
      var doubled: [Representation] = []
      for representation in type.distinctRepresentations { doubled.append(try representation.concatenated()) }
      let indices = type.storage.distinctIndex
      super.init(from: type, to: FieldType(type.space, indices.map { doubled[$0] }))
    } catch {
      fail(name, "\(error)")
    }
  }

  /// Applies the function to both signs.
  public override func forward(_ input: Tensor) -> Tensor {
    let (n, c, h, w) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3])
    let signs = Tensor([1.0, -1], shape: [2], dtype: input.dtype, device: input.device)
    if input.isContiguous() {
      return function((input.unsqueeze(2) * signs.reshape([2, 1, 1])).reshape([n, 2 * c, h, w]))
    }
    let both = input.permute([0, 2, 3, 1]).unsqueeze(4) * signs
    return function(both.reshape([n, h, w, 2 * c]).permute([0, 3, 1, 2]))
  }

  /// Doubled channels, a change of signs, and a plain activation.
  public override func export() -> Layer {
    let channels = inputType.size
    let signs = Tensor((0..<channels).flatMap { _ in [Float(1), -1] }, shape: [2 * channels])
    return Sequential(
      ChannelPermutation((0..<channels).flatMap { [$0, $0] }, of: channels), ChannelAffine(scale: signs), function.layer
    )
  }
}
