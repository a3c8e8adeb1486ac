import Symmetry

/// An input irrep and an output irrep, as a key.
struct IrrepPair: Hashable, Sendable {
  let input: Irrep
  let output: Irrep
}
