import Benchmark
import Steerable

/// Measures one call of `body` on what `make` prepares, on one thread.
private func measure<Subject>(
  _ name: String, _ make: @escaping () throws -> Subject, _ body: @escaping (Subject) -> Void
) {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput], warmupIterations: 2, maxDuration: .seconds(2), maxIterations: 10_000)
  Benchmark(name, configuration: configuration) { benchmark in
    Torch.threads = 1
    let subject = try make()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { body(subject) }
    benchmark.stopMeasurement()
  }
}

private func regular(_ space: GSpace, _ count: Int) -> FieldType {
  FieldType(space, Array(repeating: space.regular, count: count))
}

private func layer(_ space: GSpace, _ inputs: Int, _ outputs: Int, kernelSize: Int) -> R2Conv {
  var rng = Generator(seed: 0)
  return R2Conv(
    from: regular(space, inputs), to: regular(space, outputs), kernelSize: kernelSize, padding: kernelSize / 2,
    hasBias: false, rng: &rng)
}

private func fields(_ type: FieldType, side: Int) -> GeometricTensor {
  var rng = Generator(seed: 1)
  return GeometricTensor(
    Tensor.randn([8, type.size, side, side], using: &rng).toMemoryFormat(.channelsLast), type)
}

let benchmarks: @Sendable () -> Void = {
  let c8 = GSpace.rotations(8)
  let d8 = GSpace.dihedral(8)
  let so2 = GSpace.so2

  // Expansion: from weights to the filter, and gradients back.
  for (name, inputs, outputs) in [("24→48", 24, 48), ("96→96", 96, 96)] {
    measure("expansion C8 \(name) k5, forward") {
      layer(c8, inputs, outputs, kernelSize: 5)
    } _: { layer in
      withoutGradient { blackHole(layer.expandFilter()) }
    }
    measure("expansion C8 \(name) k5, with gradient") {
      layer(c8, inputs, outputs, kernelSize: 5)
    } _: { layer in
      layer.zeroGradients()
      layer.expandFilter().sum().backward()
    }
  }

  // Bases: solved and sampled, with nothing remembered.
  for (name, space, kernelSize) in [("C8 regular k5", c8, 5), ("D8 regular k7", d8, 7)] {
    measure("basis \(name)") {
      (space.regular, KernelConfiguration(kernelSize: kernelSize, axis: space.axis))
    } _: { representation, configuration in
      SampledKernelBasis.emptyCache()
      blackHole(SampledKernelBasis.basis(from: representation, to: representation, configuration: configuration))
    }
  }
  measure("basis SO(2) irreps to 3, k5") {
    ((0...3).map { so2.irrep($0) }, KernelConfiguration(kernelSize: 5))
  } _: { irreps, configuration in
    SampledKernelBasis.emptyCache()
    for input in irreps {
      for output in irreps {
        blackHole(SampledKernelBasis.basis(from: input, to: output, configuration: configuration))
      }
    }
  }
  measure("layer C8 24→48 k5, initialization included", {}) { _ in
    SampledKernelBasis.emptyCache()
    blackHole(layer(c8, 24, 48, kernelSize: 5))
  }

  // Transforms of fields by an element that turns pixels onto pixels, and by one that does not.
  for (name, step) in [("90°", 2), ("45°", 1)] {
    measure("transform 8×128×33², \(name)") {
      (fields(regular(c8, 16), side: 33), c8[step])
    } _: { fields, element in
      withoutGradient { blackHole(fields.transformed(by: element)) }
    }
  }

  // Layers between convolutions.
  let type = regular(c8, 16)
  for (name, module) in [
    ("inner batch norm", InnerBatchNorm(type)), ("ReLU", ReLU(type)), ("group pooling", GroupPooling(type)),
    ("antialiased average pooling", PointwiseAvgPoolAntialiased(type, sigma: 0.66, stride: 2)),
    ("antialiased maximum pooling", PointwiseMaxPoolAntialiased(type, kernelSize: 2)),
  ] as [(String, EquivariantModule)] {
    measure("\(name) 8×128×33², forward") {
      fields(type, side: 33)
    } _: { fields in
      withoutGradient { blackHole(module(fields)) }
    }
  }
}
