// swift-tools-version: 6.2
import PackageDescription

// A package of another author: it names swift-steerable as a dependency and imports `Steerable`.
// Outside this checkout the dependency is a URL and a version instead of a path.
let package = Package(
  name: "HelloSteerable",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-steerable", path: "../..")],
  targets: [
    .executableTarget(
      name: "HelloSteerable", dependencies: [.product(name: "Steerable", package: "swift-steerable")], path: "Sources")
  ]
)
