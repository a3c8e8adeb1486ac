// swift-tools-version: 6.2
import PackageDescription

// Measurements, apart from the library so that nobody builds them by accident; see README.md.
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A product of the library.
func steerable(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-steerable") }

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-steerable", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Without its traits it needs no allocator of its own; counts of allocations are not what is measured here.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "SteerableBenchmark",
      dependencies: [
        steerable("Steerable"), steerable("Datasets"), steerable("Experiments"), steerable("Training"),
        steerable("Visualization"), argumentParser,
      ]),
    .executableTarget(
      name: "PartialStepBenchmark",
      dependencies: [steerable("Steerable"), steerable("PartialEquivariance"), argumentParser]),
    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: [steerable("Steerable"), .product(name: "Benchmark", package: "benchmark")],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ],
  cxxLanguageStandard: .cxx20
)
