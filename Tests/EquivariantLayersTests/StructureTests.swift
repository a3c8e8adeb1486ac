import EquivarianceTesting
import EquivariantLayers
import Layers
import Symmetry
import Tensors
import Testing

struct StructureTests {
  private let c4 = GSpace.rotations(4)
  private var type: FieldType { FieldType(c4, [c4.regular, c4.trivial, c4.irrep(1), c4.regular, c4.trivial]) }
  private let labels = ["r", "s", "v", "r", "s"]

  private func noise(_ type: FieldType) -> GeometricTensor { EquivarianceTester(size: 5).noise(type) }

  @Test func branching() {
    let module = BranchingModule(type, labels: labels)
    #expect(module.branches.map(\.label) == ["r", "s", "v"])
    #expect(module.branches.map(\.fields) == [[0, 3], [1, 4], [2]])
    let x = noise(type)
    let parts = module.branches(of: x)
    #expect(parts.count == 3)
    for (label, fields) in [("r", [0, 3]), ("s", [1, 4]), ("v", [2])] {
      let expected = x.fields(fields)
      #expect(parts[label]?.type == expected.type)
      #expect(parts[label].map { maximumDifference($0.tensor, expected.tensor) } == 0)
    }
    #expect(maximumDifference(module(x).tensor, x.fields([0, 3, 1, 4, 2]).tensor) == 0)
    #expect(
      BranchingModule(type, labels: ["a", "a", "a", "a", "a"], order: .bySize).branches[0].fields == [1, 4, 2, 0, 3])
    let d2 = GSpace.dihedral(2)
    let ones = FieldType(d2, [d2.trivial, d2.irrep(1, 1), d2.irrep(1, 0), d2.irrep(1, 1)])
    let same = ["a", "a", "a", "a"]
    #expect(BranchingModule(ones, labels: same, order: .bySize).branches[0].fields == [0, 1, 2, 3])
    let byName = BranchingModule(ones, labels: same, order: .bySizeAndName).branches[0].fields
    let names = byName.map { ones.representations[$0].name }
    #expect(names == names.sorted() && byName != [0, 1, 2, 3])
  }

  @Test func multipleIsTheSumOfItsBranches() {
    var rng = Generator(seed: 1)
    let regular = FieldType(c4, 2 * c4.regular)
    let rest = FieldType(c4, [c4.irrep(1), c4.trivial, c4.trivial])
    let conv = R2Conv(from: rest, to: rest, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng)
    let module = MultipleModule(
      type, labels: labels, branches: [(labels: ["r"], module: ReLU(regular)), (labels: ["v", "s"], module: conv)])
    let x = noise(type)
    let expected = GeometricTensor.directSum([ReLU(regular)(x.fields([0, 3])), conv(x.fields([2, 1, 4]))])
    #expect(module(x).type == expected.type)
    #expect(maximumDifference(module(x).tensor, expected.tensor) == 0)
    #expect(module.stateDict().keys == ["1.weights", "1.bias"])
    #expect(module.parameters.count == 2)
  }

  @Test func reshuffling() {
    let x = noise(type)
    let module = ReshuffleModule(type, permutation: [4, 2, 0, 1, 3])
    #expect(module.outputType == type.selecting([4, 2, 0, 1, 3]))
    #expect(maximumDifference(module(x).tensor, x.fields([4, 2, 0, 1, 3]).tensor) == 0)
    let back = ReshuffleModule(module.outputType, permutation: [2, 3, 1, 4, 0])
    #expect(back.outputType == type)
    #expect(maximumDifference(back(module(x)).tensor, x.tensor) == 0)
    #expect((SequentialModule(module, back).export() as? Sequential)?.isEmpty == true)
  }

  @Test func lists() {
    var rng = Generator(seed: 1)
    let list = ModuleList(
      ReLU(FieldType(c4, c4.regular)),
      R2Conv(from: type, to: type, kernelSize: 3, padding: 1, dtype: .float64, rng: &rng))
    #expect(list.count == 2 && list[0] is ReLU)
    #expect(list.stateDict().keys == ["1.weights", "1.bias"])
    let exported = list.export()
    let x = noise(type)
    #expect(exported[0] is Activation)
    #expect(maximumDifference(exported[1](x.tensor), list[1](x).tensor) < 1e-12)
  }

  /// The blocks of Wide ResNets: with a shortcut of their own on the normalized input, and with the input itself.
  @Test func residualBlocksBecomePlainOnes() {
    var rng = Generator(seed: 2)
    let d4 = GSpace.dihedral(4)
    let (small, large) = (FieldType(d4, 1 * d4.regular), FieldType(d4, 2 * d4.regular))
    func start(_ type: FieldType) -> [EquivariantModule] { [InnerBatchNorm(type), ReLU(type)] }
    func body(_ from: FieldType, _ to: FieldType, stride: Int) -> [EquivariantModule] {
      [
        R2Conv(from: from, to: to, kernelSize: 3, stride: stride, padding: 1, hasBias: false, rng: &rng),
        InnerBatchNorm(to), ReLU(to), PointwiseDropout(to, rng: &rng),
        R2Conv(from: to, to: to, kernelSize: 3, padding: 1, hasBias: false, rng: &rng),
      ]
    }
    let network = SequentialModule(
      start(small) + [
        ResidualModule(
          SequentialModule(body(small, large, stride: 2)),
          shortcut: R2Conv(from: small, to: large, kernelSize: 1, stride: 2, hasBias: false, rng: &rng)),
        ResidualModule(SequentialModule(start(large) + body(large, large, stride: 1))), InnerBatchNorm(large),
        GroupPooling(large),
      ])
    for _ in 0..<2 { _ = withoutGradient { network(small(Tensor.randn([4, 8, 9, 9], using: &rng) * 2)) } }
    #expect(EquivarianceTester(size: 9).report(network).isLatticeExact(tolerance: 1e-9))
    network.to(.float64)
    #expect(EquivarianceTester(size: 9).compareExport(network).agrees(tolerance: 1e-9))
    let plain = network.export()
    // Those before the nonlinearities at the start of a block have no convolution to go into.
    #expect(plain.modules.count { $0 is BatchNormLayer } == 3)
    #expect(!plain.modules.contains { $0 is Dropout })
  }

  /// Conv, batch norm, nonlinearity, of several kinds of fields: nothing of the group is left in the plain network.
  @Test func mixedNetworksBecomePlainOnes() {
    var rng = Generator(seed: 3)
    let split = DisentangleModule(
      RestrictionModule(FieldType(.dihedral(4), 2 * GSpace.dihedral(4).regular), to: .rotations(4)).outputType)
    func multiple(_ type: FieldType, _ labels: [String]) -> MultipleModule {
      let parts = BranchingModule(type, labels: labels).branches
      return MultipleModule(
        type, labels: labels,
        branches: parts.map { part in
          (
            label: part.label,
            module: part.type.has(.pointwise)
              ? SequentialModule(InnerBatchNorm(part.type), ReLU(part.type)) : IdentityModule(part.type)
          )
        })
    }
    let hidden = multiple(type, labels)
    let network = SequentialModule(
      R2Conv(from: split.inputType, to: split.inputType, kernelSize: 3, rng: &rng), InnerBatchNorm(split.inputType),
      split,
      ReLU(split.outputType), R2Conv(from: split.outputType, to: type, kernelSize: 3, rng: &rng), hidden,
      R2Conv(from: hidden.outputType, to: FieldType(c4, 3 * c4.regular), kernelSize: 3, rng: &rng),
      InnerBatchNorm(FieldType(c4, 3 * c4.regular)), GroupPooling(FieldType(c4, 3 * c4.regular)))
    for _ in 0..<2 { _ = withoutGradient { network(network.inputType(Tensor.randn([4, 16, 9, 9], using: &rng) * 2)) } }
    network.to(.float64)
    #expect(EquivarianceTester(size: 9).compareExport(network).agrees(tolerance: 1e-9))
    let plain = network.export() as? Sequential
    #expect(
      plain?.layers.map { "\(Swift.type(of: $0))" }
        == ["Conv2D", "Activation", "Conv2D", "ChannelBranches", "Conv2D", "MaxOverChannelGroups"])
    #expect(plain?.modules.contains { $0 is BatchNormLayer || $0 is ChannelPermutation } == false)
  }

  @Test func maskProductsBecomeOne() {
    let network = SequentialModule(
      MaskModule(type, size: 5), IdentityModule(type), MaskModule(type, size: 5, margin: 20))
    let plain = network.export() as? Sequential
    #expect(plain?.count == 1 && plain?[0] is Multiply)
    network.to(.float64)
    #expect(EquivarianceTester(size: 5).compareExport(network).agrees(tolerance: 1e-6))
  }

  @Test func traps() async {
    func message(_ result: ExitTest.Result?) -> String {
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = ReshuffleModule(FieldType(c4, 2 * c4.regular), permutation: [0, 0])
    }
    #expect(
      message(order).contains("ReshuffleModule: [0, 0] is no order of the 2 fields of 2×regular(C4) [8 channels]"))
    let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = BranchingModule(FieldType(c4, 2 * c4.regular), labels: ["a"])
    }
    #expect(message(labels).contains("BranchingModule: 1 labels for the 2 fields"))
    let unused = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      let type = FieldType(c4, 2 * c4.regular)
      _ = MultipleModule(type, labels: ["a", "b"], branches: [(label: "a", module: ReLU(type[0..<1]))])
    }
    #expect(message(unused).contains("MultipleModule: no branch takes the fields with the labels [\"b\"]"))
    let wrong = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      let type = FieldType(c4, 2 * c4.regular)
      _ = MultipleModule(type, labels: ["a", "a"], branches: [(label: "a", module: ReLU(type[0..<1]))])
    }
    #expect(
      message(wrong).contains(
        "MultipleModule: the fields with the labels [\"a\"] are 2×regular(C4) [8 channels], ReLU expects 1×regular(C4)")
    )
    let sum = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let c4 = GSpace.rotations(4)
      _ = ResidualModule(GroupPooling(FieldType(c4, 2 * c4.regular)))
    }
    #expect(message(sum).contains("ResidualModule: the branches map 2×regular(C4) [8 channels] to 2×trivial(C4)"))
  }
}
