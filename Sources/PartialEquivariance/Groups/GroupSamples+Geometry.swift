internal import Layers
public import Tensors

extension GroupSamples {
  /// The elements `outputs⁻¹ · self` for all pairs, as angles and signs.
  ///
  /// **Shapes**: `[S, M, N]` for `M` elements of `outputs` and `N` of self.
  ///
  /// **Traps**: when the groups differ, or the numbers of sets do and neither is 1.
  public func relative(to outputs: GroupSamples) -> (angles: Tensor, signs: Tensor?) {
    guard group == outputs.group, sets == outputs.sets || sets == 1 || outputs.sets == 1 else {
      Torch.fail(
        op: "GroupSamples.relative",
        "\(sets) sets of \(group) do not go with \(outputs.sets) sets of \(outputs.group)")
    }
    let turned = angles.unsqueeze(1) - outputs.angles.unsqueeze(2)
    guard let signs, let outer = outputs.signs?.unsqueeze(2) else { return (Self.wrapped(turned), nil) }
    return (Self.wrapped(outer * turned), outer * signs.unsqueeze(1))
  }

  /// The points `g⁻¹ u` for each element g.
  ///
  /// **Shapes**: `[2, P]` points (x to the right, y upwards) to two tensors `[S, N, P]`, their x and y.
  public func inverseAction(on points: Tensor) -> (x: Tensor, y: Tensor) {
    let cosine = angles.cos().unsqueeze(2)
    let sine = angles.sin().unsqueeze(2)
    let (x, y) = (points[0], points[1])
    var turned = cosine * x + sine * y
    // g = rotation · reflection, so the inverse turns back first and mirrors x last.
    if let signs { turned = signs.unsqueeze(2) * turned }
    return (turned, cosine * y - sine * x)
  }
}
