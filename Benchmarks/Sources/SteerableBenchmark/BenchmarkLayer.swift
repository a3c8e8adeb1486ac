import ArgumentParser
import Steerable

/// A single layer whose construction is measured.
enum BenchmarkLayer: String, ExpressibleByArgument, CaseIterable {
  case c8 = "c8-24-48-k5"
  case d8 = "d8-16-32-k7"
  case so2 = "so2-irreps-k5"
  case d16 = "d16-6-16-k5"

  /// Makes the layer with fresh weights; the groups, representations and kernels that it needs too.
  func make() -> R2Conv {
    var rng = Generator(seed: 0)
    func regular(_ space: GSpace, _ count: Int) -> FieldType {
      FieldType(space, Array(repeating: space.regular, count: count))
    }
    switch self {
    case .c8:
      let space = GSpace.rotations(8)
      return R2Conv(from: regular(space, 24), to: regular(space, 48), kernelSize: 5, rng: &rng)
    case .d8:
      let space = GSpace.dihedral(8)
      return R2Conv(from: regular(space, 16), to: regular(space, 32), kernelSize: 7, rng: &rng)
    case .d16:
      let space = GSpace.dihedral(16)
      return R2Conv(from: regular(space, 6), to: regular(space, 16), kernelSize: 5, rng: &rng)
    case .so2:
      let space = GSpace.so2
      let type = FieldType(space, (0..<16).flatMap { _ in (0...3).map { space.irrep($0) } })
      return R2Conv(from: type, to: type, kernelSize: 5, rng: &rng)
    }
  }
}
