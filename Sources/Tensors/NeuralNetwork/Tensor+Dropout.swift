extension Tensor {
  /// Sets elements to zero with a probability and divides the others by what is left, so that the mean stays.
  ///
  /// Along `dimensions` a whole line shares its fate: `[2, 3]` drops channels of `[N, C, H, W]`. Out of training the tensor is
  /// returned as it is and nothing is drawn. On an accelerator the mask comes from a generator there, seeded by `rng`.
  ///
  /// **Shapes**: any; the result has the shape of self.
  ///
  /// **Traps**: when the probability is not in 0…1 or there are no such dimensions.
  public func dropout(
    _ probability: Double, isTraining: Bool = true, sharedAlong dimensions: [Int] = [], using rng: inout Generator
  ) -> Tensor {
    do throws(TorchError) {
      return try checked.dropout(probability, isTraining: isTraining, sharedAlong: dimensions, using: &rng)
    } catch {
      Torch.fail(error)
    }
  }
}
