// swift-tools-version: 6.2
import PackageDescription

// Measurements, apart from the library so that nobody builds them by accident; see README.md.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "swift-steerable", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "PartialStepBenchmark",
      dependencies: [
        .product(name: "Steerable", package: "swift-steerable"),
        .product(name: "PartialEquivariance", package: "swift-steerable"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ])
  ],
  cxxLanguageStandard: .cxx20
)
