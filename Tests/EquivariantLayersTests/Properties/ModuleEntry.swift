import EquivariantLayers
import Layers
import Symmetry
import Tensors

/// How to make the modules of one class for a type; nothing when the class does not take the type.
struct ModuleEntry: Sendable {
  /// The name of the class.
  let name: String
  /// The edge of the images in pixels, such that the modules say that they are exact.
  let size: Int
  private let make: @Sendable (FieldType, inout Generator) -> [EquivariantModule]

  init(
    _ name: String, size: Int = 5, _ make: @escaping @Sendable (FieldType, inout Generator) -> [EquivariantModule]
  ) {
    self.name = name
    self.size = size
    self.make = make
  }

  /// Modules in float64 whose parameters and statistics are random; the same number of them for every seed.
  func modules(_ type: FieldType, seed: UInt64 = 1) -> [EquivariantModule] {
    var rng = Generator(seed: seed)
    let modules = make(type, &rng)
    for module in modules {
      module.to(.float64)
      randomize(module, rng: &rng)
    }
    return modules
  }
}

/// Replaces what training would change by random numbers.
private func randomize(_ module: EquivariantModule, rng: inout Generator) {
  for named in module.parameters {
    named.parameter.update { $0 + 0.3 * Tensor.randn($0.shape, using: &rng, dtype: .float64) }
  }
  for named in module.buffers where named.buffer.isPersistent && named.buffer.value.dtype.isFloatingPoint {
    let noise = Tensor.rand(named.buffer.shape, using: &rng, dtype: .float64)
    // Variances stay positive.
    named.buffer.update { $0 + noise }
  }
}
