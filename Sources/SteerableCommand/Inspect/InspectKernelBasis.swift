import ArgumentParser
import Experiments
import Foundation
import SteerableKernels
import Symmetry

/// `steerable inspect kernel-basis`: the basis of steerable kernels between two representations.
struct InspectKernelBasis: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel-basis",
    abstract: "Computes the basis of steerable kernels between two representations.",
    discussion: """
      Example: steerable inspect kernel-basis --group D8 --in "regular" --out "irrep(1,1)" --kernel-size 5 --json
      """)

  @Option(help: "Group: C1, C2, …, D1, D2, …, SO2, O2 or Flip.")
  var group: String

  @Option(
    name: .customLong("in"), help: "Input representation, e.g. \"regular\", \"irrep(1)\", \"2 trivial + regular\".")
  var input: String

  @Option(name: .customLong("out"), help: "Output representation, in the same notation.")
  var output: String

  @Option(help: ArgumentHelp("Side of the kernel in pixels.", valueName: "pixels"))
  var kernelSize: Int

  @Option(help: "Band limit: default, -2, -3, or a number c for the rule c·r.")
  var cutoff = "default"

  @Option(help: ArgumentHelp("Distance between the taps in pixels.", valueName: "pixels"))
  var dilation = 1

  @Option(help: ArgumentHelp("Angle of the mirror line in degrees, for groups with reflections.", valueName: "degrees"))
  var axis = 90.0

  @Flag(help: "Print the sampled kernels too.")
  var values = false

  @Flag(help: "Print JSON; it always holds the kernels.")
  var json = false

  func validate() throws {
    guard (1...99).contains(kernelSize) else {
      throw ValidationError("--kernel-size must be between 1 and 99, found \(kernelSize)")
    }
    guard (1...99).contains(dilation) else {
      throw ValidationError("--dilation must be between 1 and 99, found \(dilation)")
    }
    guard axis.isFinite else { throw ValidationError("--axis must be a finite angle in degrees") }
  }

  func run() throws {
    let symmetry = try Self.group(group)
    let from = try Self.representation(input, of: symmetry)
    let to = try Self.representation(output, of: symmetry)
    let configuration = KernelConfiguration(
      kernelSize: kernelSize, dilation: dilation, frequencyCutoff: try FrequencyCutoff(cutoff),
      axis: axis * .pi / 180)
    try KernelMemory.check(from: from, to: to, configuration: configuration)
    let basis = SampledKernelBasis.basis(from: from, to: to, configuration: configuration)

    if json {
      try Console.json(Result(group: symmetry.name, input: from, output: to, kernelSize: kernelSize, basis: basis))
      return
    }
    Console.output(
      "\(basis.dimension) kernels from \(input) to \(output) of \(symmetry.name), \(kernelSize)×\(kernelSize)")
    guard basis.dimension > 0 else {
      return Console.output(
        kernelSize.isMultiple(of: 2)
          ? "even kernel sizes have no pixel at the center; try an odd one"
          : "no kernel that small carries the frequencies asked for; raise --kernel-size or --cutoff")
    }
    var rows = [["#", "radius", "sigma", "frequency", "gamma", "in irrep", "out irrep"]]
    for (index, element) in basis.elements.enumerated() {
      rows.append([
        "\(index)", number(element.radius), number(element.sigma), "\(element.frequency)", number(element.gamma),
        element.inIrrep.description, element.outIrrep.description,
      ])
    }
    Console.output(Console.table(rows))
    if values { printKernels(basis) }
  }

  /// Representations are dense matrices here; beyond these sizes they take minutes and gigabytes.
  private static let (largestOrder, largestSize) = (256, 1024)

  /// The group with a name.
  static func group(_ name: String) throws -> Group {
    let group = try Group(name)
    if let order = group.rotationOrder, order > largestOrder {
      throw Failure.input(
        "--group \(name): has \(order) rotations, allowed are up to \(largestOrder); SO2 and O2 have all of them")
    }
    return group
  }

  /// One representation from the notation; several summands are added up.
  static func representation(_ notation: String, of group: Group) throws -> Representation {
    let fields = try group.representations(notation)
    let size = fields.reduce(0) { $0 + $1.size }
    guard size <= largestSize else {
      throw Failure.input("\"\(notation)\" of \(group.name) has size \(size), allowed are up to \(largestSize)")
    }
    return fields.count == 1 ? fields[0] : Representation.directSum(fields)
  }

  private func printKernels(_ basis: SampledKernelBasis) {
    let kernels = Result.nested(basis, side: kernelSize)
    for (index, kernel) in kernels.enumerated() {
      for (o, row) in kernel.enumerated() {
        for (i, plane) in row.enumerated() {
          Console.output("\nkernel \(index), out \(o), in \(i)")
          for line in plane { Console.output(line.map { String(format: "%9.5f", $0) }.joined(separator: " ")) }
        }
      }
    }
  }

  private func number(_ value: Double) -> String { String(format: "%.4g", value) }

  /// What `--json` prints.
  struct Result: Encodable {
    let group: String
    let `in`: String
    let out: String
    let kernelSize: Int
    let dimension: Int
    /// The values as `[dimension][out][in][k][k]`.
    let kernels: [[[[[Double]]]]]

    init(group: String, input: Representation, output: Representation, kernelSize: Int, basis: SampledKernelBasis) {
      self.group = group
      self.in = input.name
      out = output.name
      self.kernelSize = kernelSize
      dimension = basis.dimension
      kernels = Self.nested(basis, side: kernelSize)
    }

    static func nested(_ basis: SampledKernelBasis, side k: Int) -> [[[[[Double]]]]] {
      var values = basis.values.makeIterator()
      func next() -> Double { values.next() ?? 0 }
      return (0..<basis.dimension).map { _ in
        (0..<basis.outSize).map { _ in
          (0..<basis.inSize).map { _ in (0..<k).map { _ in (0..<k).map { _ in next() } } }
        }
      }
    }
  }
}
