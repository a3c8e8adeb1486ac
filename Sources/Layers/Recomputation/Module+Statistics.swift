extension Module {
  /// Whether a pass moves running statistics: in training, but not when activations are computed again.
  public final var movesStatistics: Bool { isTraining && !Recomputation.isRepeating }
}
