// swift-tools-version: 6.2
import PackageDescription

// The targets stand in the order of the architecture, from the engine up; see ARCHITECTURE.md.
// Nothing imports upward, and only `Tensors` sees the LibTorch shim.

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let collections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library target in `Sources/<name>`.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// A test target in `Tests/<name>Tests` for the library `name`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "swift-steerable",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Steerable", targets: ["Steerable"]),
    .library(name: "Symmetry", targets: ["Symmetry"]),
    .library(name: "SteerableKernels", targets: ["SteerableKernels"]),
    .library(name: "Homogenization", targets: ["Homogenization"]),
    .library(name: "PartialEquivariance", targets: ["PartialEquivariance"]),
    .library(name: "EquivarianceTesting", targets: ["EquivarianceTesting"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Training", targets: ["Training"]),
    .library(name: "Visualization", targets: ["Visualization"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .executable(name: "steerable", targets: ["SteerableCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // Level 0: what the system provides.
    .systemLibrary(name: "CLibTorch", pkgConfig: "libtorch"),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(name: "CGif", providers: [.apt(["libgif-dev"]), .brew(["giflib"])]),
    .systemLibrary(name: "CPng", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // Level 1: the engine behind a C header; the mathematics of groups.
    .target(
      name: "CTorchShim", dependencies: ["CLibTorch"], exclude: ["gloo/README.md"],
      // For the headers in `gloo`.
      cxxSettings: [.headerSearchPath(".")]),
    library("Symmetry"),
    library("Homogenization"),

    // Level 2: tensors; kernel spaces.
    library("Tensors", ["CTorchShim"]),
    library("SteerableKernels", ["Symmetry"]),

    // Level 3: networks without symmetry.
    library("Layers", ["Tensors", collections]),
    library("Optimizers", ["Layers", "Tensors", collections]),
    library("Interchange", ["Tensors", "CPng", "CZlib", collections]),

    // Level 4: networks with symmetry.
    library("EquivariantLayers", ["Layers", "SteerableKernels", "Symmetry", "Tensors"]),
    library("PartialEquivariance", ["Layers", "Symmetry", "Tensors"]),
    library("ModelExport", ["Interchange", "Layers", "Tensors", collections, protobuf]),

    // Level 5: data, training, pictures.
    library("Datasets", ["Homogenization", "Interchange", "Tensors", collections]),
    library("Training", ["Datasets", "Interchange", "Layers", "Optimizers", "Tensors", collections, logging, yams]),
    library("Visualization", ["CCairo", "CGif", mustache]),
    library(
      "WeightExchange",
      ["EquivariantLayers", "Interchange", "Layers", "SteerableKernels", "Symmetry", "Tensors", collections]),

    // Level 6: what a user runs.
    library(
      "Steerable",
      [
        "EquivariantLayers", "Interchange", "Layers", "ModelExport", "Optimizers", "SteerableKernels", "Symmetry",
        "Tensors", "WeightExchange",
      ]),
    library("EquivarianceTesting", ["EquivariantLayers", "Layers", "Symmetry", "Tensors"]),
    library(
      "Experiments",
      [
        "Datasets", "EquivarianceTesting", "EquivariantLayers", "Homogenization", "Interchange", "Layers",
        "PartialEquivariance", "SteerableKernels", "Symmetry", "Tensors", "Training", "Visualization", "WeightExchange",
        logging,
      ]),
    .executableTarget(
      name: "SteerableCommand",
      dependencies: [
        "Datasets", "EquivarianceTesting", "EquivariantLayers", "Experiments", "Homogenization", "Interchange",
        "Layers", "ModelExport", "PartialEquivariance", "SteerableKernels", "Symmetry", "Tensors", "Training",
        "WeightExchange", argumentParser, collections,
      ], swiftSettings: swiftSettings),

    // One test target a module, and what several of them use.
    .target(
      name: "TestSupport", dependencies: ["Tensors"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
    tests("Symmetry"),
    tests("SteerableKernels", ["Symmetry"]),
    tests("Tensors"),
    tests("Layers", ["Tensors", collections]),
    tests("Optimizers", ["Layers", "Tensors", collections]),
    tests("Interchange", ["Tensors", collections]),
    tests(
      "EquivariantLayers",
      ["EquivarianceTesting", "Interchange", "Layers", "ModelExport", "Symmetry", "SteerableKernels", "Tensors"]),
    tests("PartialEquivariance", ["EquivariantLayers", "Layers", "Symmetry", "Tensors", collections]),
    tests(
      "ModelExport",
      ["EquivariantLayers", "Interchange", "Layers", "Symmetry", "Tensors", collections, protobuf]),
    tests("Homogenization", ["Interchange"]),
    tests("Datasets", ["Homogenization", "Interchange", "Tensors", collections]),
    tests(
      "Training",
      ["Datasets", "EquivariantLayers", "Interchange", "Layers", "Optimizers", "Symmetry", "Tensors"]),
    tests("Visualization"),
    tests(
      "WeightExchange",
      ["EquivariantLayers", "Interchange", "Layers", "SteerableKernels", "Symmetry", "Tensors", collections]),
    tests("EquivarianceTesting", ["EquivariantLayers", "Layers", "Symmetry", "Tensors"]),
    tests(
      "Experiments",
      [
        "Datasets", "EquivarianceTesting", "EquivariantLayers", "Interchange", "Layers", "ModelExport", "Optimizers",
        "PartialEquivariance", "Symmetry", "Tensors", "Training", "WeightExchange", collections,
      ]),
    tests("SteerableCommand", ["Interchange", collections]),
  ],
  cxxLanguageStandard: .cxx20
)
