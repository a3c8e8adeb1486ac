extension MiraBest {
  /// Which classes of MiraBest are used, and what they are taken for.
  public enum Selection: String, Codable, CaseIterable, Hashable, Sendable {
    /// All ten classes, each by itself.
    case full
    /// FR I (100, 102, 104) against FR II (200, 201), those classified with confidence.
    case confident
    /// FR I (110, 112) against FR II (210), those that are uncertain.
    case uncertain
    /// Hybrid sources: the confident ones (300) against the uncertain ones (310).
    case hybrid

    /// The names of the classes, in the order of their labels.
    public var classNames: [String] {
      switch self {
      case .full: MiraBest.codes
      case .confident, .uncertain: ["FRI", "FRII"]
      case .hybrid: ["confident hybrid", "uncertain hybrid"]
      }
    }

    /// The published number of images of each part.
    public var counts: [DatasetPart: Int] {
      switch self {
      case .full: [.training: 1099, .test: 157]
      case .confident: [.training: 729, .test: 104]
      case .uncertain: [.training: 340, .test: 49]
      case .hybrid: [.training: 30, .test: 4]
      }
    }

    /// The class that a published label stands for; nil if it is left out.
    func label(_ published: Int) -> Int? {
      switch (self, published) {
      case (.full, _): published
      case (.confident, 0...2), (.uncertain, 3...4), (.hybrid, 8): 0
      case (.confident, 5...6), (.uncertain, 7), (.hybrid, 9): 1
      default: nil
      }
    }
  }
}
