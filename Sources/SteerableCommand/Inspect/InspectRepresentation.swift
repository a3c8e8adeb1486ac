import ArgumentParser
import Foundation
import Symmetry

/// `steerable inspect representation`: irreps and change of basis, of a representation or of its restriction.
struct InspectRepresentation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "representation",
    abstract: "Decomposes a representation into irreps, or restricts it to a subgroup.",
    discussion: """
      Example: steerable inspect representation --group D4 --representation "regular" --restrict "(None,2)"
      """)

  @Option(help: "Group: C1, C2, …, D1, D2, …, SO2, O2 or Flip.")
  var group: String

  @Option(help: "The representation, e.g. \"regular\", \"irrep(1,1)\", \"quotient(None,2)\".")
  var representation: String

  @Option(help: "Restrict to this subgroup first: M, \"(None,M)\", \"(k,1)\" or \"(k,M)\".")
  var restrict: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let symmetry = try InspectKernelBasis.group(group)
    var field = try InspectKernelBasis.representation(representation, of: symmetry)
    if let restrict { field = try field.restricted(to: SubgroupID(restrict)) }
    let result = Result(field)
    if json {
      try Console.json(result)
      return
    }
    Console.output("\(result.name) of \(result.group), size \(result.size)")
    Console.output("irreps: \(Representation.notation(for: field.irreps.map { Representation($0) }))")
    Console.output("capabilities: \(result.capabilities.joined(separator: ", "))")
    Console.output("change of basis:")
    for row in result.changeOfBasis {
      Console.output(row.map { String(format: "%9.5f", abs($0) < 5e-13 ? 0 : $0) }.joined(separator: " "))
    }
  }

  /// What `--json` prints.
  struct Result: Encodable {
    let group: String
    let name: String
    let size: Int
    /// The irreps in the notation that `--representation` reads, in the order of the columns of the change of basis.
    let irreps: [String]
    let capabilities: [String]
    let changeOfBasis: [[Double]]

    init(_ field: Representation) {
      group = field.group.name
      name = field.name
      size = field.size
      irreps = field.irreps.map(\.description)
      capabilities = field.capabilities.map { "\($0)" }.sorted()
      changeOfBasis = (0..<field.size).map(field.changeOfBasis.row)
    }
  }
}
