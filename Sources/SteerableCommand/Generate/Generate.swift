import ArgumentParser

/// `steerable generate`: makes data sets.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes data sets.", subcommands: [GenerateMetamaterials.self])
}
