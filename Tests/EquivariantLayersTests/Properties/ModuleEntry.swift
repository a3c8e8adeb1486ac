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
      randomize(module, size: size, rng: &rng)
    }
    return modules
  }
}

/// Gives a module random parameters, and statistics of its own by a step of training.
private func randomize(_ module: EquivariantModule, size: Int, rng: inout Generator) {
  for named in module.parameters {
    named.parameter.update { $0 + 0.3 * Tensor.randn($0.shape, using: &rng, dtype: .float64) }
  }
  let x = Tensor.randn([3, module.inputType.size, size, size], using: &rng, dtype: .float64) * 2 + 0.5
  module.train()
  _ = withoutGradient { module(module.inputType(x)) }
}
