public import Layers
public import Symmetry
public import Tensors

/// Applies a function to samples of fields that are functions on the group, given by their Fourier coefficients.
///
/// The coefficients x̂ of each field are turned into values A x̂ at the elements of a grid, the function acts on the
/// values, and the least-squares solution A⁺ f(A x̂) takes them back.
///
/// **Shapes**: `[N, channels · size, H, W]` to `[N, channels · output size, H, W]`.
///
/// **Symmetry**: exact for the elements that permute the grid, hence for all of a finite group sampled as a whole; for
/// others approximate, because the function makes frequencies that the grid confuses with lower ones. More samples make
/// it better: for SO(2) or O(2), frequencies up to 3 and ELU, the relative error on random coefficients is 18% with 8
/// samples, 2% with 12, 1% with 16, 0.3% with 24, and 0.03% with 48.
///
/// **Traps**: when the grid has too few elements to tell the functions apart.
///
/// **Complexity**: two products with `samples × size` matrices for each pixel and field.
///
/// **State**: none; the matrices follow from the grid.
///
/// **Reference**: Cesa, Lang, Weiler (2022).
///
/// **escnn**: `FourierPointwise`, which keeps the matrices as `A` and `Ainv` in its state and adds 1e-8 to the normal
/// equations.
open class FourierPointwise: EquivariantModule {
  /// The functions of the input.
  public let functions: BandLimitedFunctions

  /// The functions of the output.
  public let outputFunctions: BandLimitedFunctions

  /// The elements at which the functions are sampled.
  public let grid: [GroupElement]

  /// The function that acts on the samples.
  public let function: PointwiseFunction

  private let sampling: FieldwiseLinear
  private let analysis: FieldwiseLinear
  private let numberType = NumberType.marker()

  /// Creates the layer for `channels` fields.
  ///
  /// - Parameters:
  ///   - functions: The functions that the input holds, on the group or on cosets.
  ///   - output: Those of the output if they are others.
  ///   - grid: The elements to sample at, such as `group.grid(rotations: 16)`.
  ///   - isNormalized: Whether δ is scaled to length 1, so that samples are as large as coefficients.
  public init(
    _ space: GSpace, channels: Int, functions: BandLimitedFunctions, output: BandLimitedFunctions? = nil,
    grid: [GroupElement], function: PointwiseFunction = .relu, isNormalized: Bool = true
  ) {
    let name = "\(Self.self)"
    let outputFunctions = output ?? functions
    require(channels >= 1, name, "\(channels) channels")
    require(
      functions.group == space.group && outputFunctions.group == space.group
        && functions.subgroup == outputFunctions.subgroup, name,
      "\(functions.representation) and \(outputFunctions.representation) are no functions on one space of \(space)")
    self.functions = functions
    self.outputFunctions = outputFunctions
    self.grid = grid
    self.function = function
    sampling = FieldwiseLinear(runs: [(functions.sampling(at: grid, normalized: isNormalized), channels)])
    let matrix = Self.analysis(functions, outputFunctions, grid, isNormalized, name)
    analysis = FieldwiseLinear(runs: [(matrix, channels)])
    super.init(
      from: FieldType(space, channels * functions.representation),
      to: FieldType(space, channels * outputFunctions.representation))
  }

  /// Creates the layer for functions on the group.
  ///
  /// - Parameters:
  ///   - irreps: The irreps in the functions, such as `group.irreps(maximumFrequency: 3)`.
  ///   - outputIrreps: Those of the output if they are others.
  ///   - samples: The number of rotations in the grid; in groups with reflections as many reflections are added.
  public convenience init(
    _ space: GSpace, channels: Int, irreps: [Irrep], outputIrreps: [Irrep]? = nil, samples: Int,
    function: PointwiseFunction = .relu, isNormalized: Bool = true
  ) {
    self.init(
      space, channels: channels, functions: Self.functions(space, irreps),
      output: outputIrreps.map { Self.functions(space, $0) }, grid: space.group.grid(rotations: samples),
      function: function, isNormalized: isNormalized)
  }

  /// The functions made of some irreps, on the group or on the cosets of a subgroup.
  package static func functions(
    _ space: GSpace, _ irreps: [Irrep], subgroup: SubgroupID? = nil
  ) -> BandLimitedFunctions {
    do {
      if let subgroup { return try BandLimitedFunctions(space.group, subgroup: subgroup, irreps: irreps) }
      return try BandLimitedFunctions(space.group, irreps: irreps)
    } catch {
      fail("\(Self.self)", "\(error)")
    }
  }

  /// The pseudoinverse of the sampling of the output's functions.
  ///
  /// What the function makes of irreps that only the input has is separated first, so that it is not mistaken for
  /// others.
  private static func analysis(
    _ input: BandLimitedFunctions, _ output: BandLimitedFunctions, _ grid: [GroupElement], _ isNormalized: Bool,
    _ name: String
  ) -> Matrix {
    let extra = input.irreps.filter { !output.irreps.contains($0) }
    let all = functions(GSpace(input.group), output.irreps + extra, subgroup: input.subgroup)
    let matrix = all.sampling(at: grid, normalized: isNormalized)
    guard grid.count >= all.representation.size, let inverse = (matrix.transposed * matrix).inverse else {
      fail(
        name,
        "\(grid.count) samples cannot tell the functions of \(all.representation) apart, whose dimension is "
          + "\(all.representation.size); choose a finer grid")
    }
    let result = inverse * matrix.transposed
    return result.submatrix(rows: 0..<output.representation.size, columns: 0..<grid.count)
  }

  /// Samples, applies the function, and analyzes.
  public final override func forward(_ input: Tensor) -> Tensor { analysis(function(sampling(input))) }

  /// Two plain 1 × 1 convolutions with the function between.
  public final override func export() -> Layer {
    let dtype = numberType.value.dtype
    return Sequential(sampling.layer(dtype: dtype), function.layer, analysis.layer(dtype: dtype))
  }

  /// Adds the grid to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("function", "\(function)")
    description.add("samples", grid.count)
  }
}
