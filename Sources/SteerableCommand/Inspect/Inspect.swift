import ArgumentParser

/// `steerable inspect …`: what a model, a kernel basis or a representation consists of.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a model, a kernel basis or a representation consists of.",
    subcommands: [InspectModel.self, InspectKernelBasis.self, InspectRepresentation.self])
}
