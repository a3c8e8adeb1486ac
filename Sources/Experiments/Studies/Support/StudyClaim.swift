/// A claim with what the numbers of a study say about it.
public struct StudyClaim: Codable, Hashable, Sendable {
  /// What the publication says, or what was asked.
  public let claim: String
  /// Whether the numbers agree; nil if they cannot tell.
  public let holds: Bool?
  /// The numbers.
  public let evidence: String

  /// "confirmed", "refuted" or "undecided".
  public var verdict: String { holds.map { $0 ? "confirmed" : "refuted" } ?? "undecided" }
}

extension StudyClaim: CustomStringConvertible {
  /// The verdict, the claim and the numbers in one line.
  public var description: String { "\(verdict): \(claim) (\(evidence))" }
}
