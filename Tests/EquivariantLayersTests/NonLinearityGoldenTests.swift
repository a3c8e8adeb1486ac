import EquivariantLayers
import Foundation
import Layers
import Symmetry
import Tensors
import Testing

/// Outputs, gradients and statistics of single layers of e2cnn and escnn.
struct NonLinearityGoldenTests {
  /// Where a number of ours is in the reference's state: the key and the place in its flattened tensor.
  private typealias Place = (key: String, index: Int)

  private struct Golden: Decodable {
    let layers: [String: Entry]
  }

  private struct Entry: Decodable {
    let shape: [Int]
    let outputShape: [Int]
    let y: [Double]
    let gradient: [Double]
    let parameters: [String: Parameter]
    let running: [String: [Double]]?
    let evaluated: [Double]?

    struct Parameter: Decodable {
      let shape: [Int]
      let gradient: [Double]
    }
  }

  private static let golden: Golden? = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("Goldens/nonlinearities.json")) else {
      return nil
    }
    return try? JSONDecoder().decode(Golden.self, from: data)
  }()

  private func wave(_ shape: Shape, phase: Double = 0) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { sin(0.7 * Double($0) + phase) }, shape: shape, dtype: .float64)
  }

  /// Compares a module; `parameters` and `running` tell for each of ours the places of its numbers, `scales` the factors
  /// by which ours are larger.
  private func compare(
    _ name: String, _ module: EquivariantModule, parameters: [String: [Place]] = [:],
    running: [String: [Place]] = [:], scales: [String: [Double]] = [:]
  ) throws {
    let entry = try #require(Self.golden?.layers[name], "no golden entry \(name)")
    module.to(.float64)
    let names = entry.parameters.keys.sorted()
    let own = Dictionary(uniqueKeysWithValues: module.parameters.map { ($0.key, $0.parameter) })
    #expect(Set(own.keys) == Set(parameters.keys), "\(name)")
    for (key, places) in parameters {
      let parameter = try #require(own[key])
      let values = try places.map { place -> Double in
        let phase = try #require(names.firstIndex(of: place.key), "\(name) has no \(place.key), only \(names)")
        return sin(0.7 * Double(place.index) + 2 + Double(phase))
      }
      parameter.assign(Tensor(values, shape: parameter.shape, dtype: .float64))
    }
    let x = Layers.Parameter(wave(Shape(entry.shape)))
    let y = module(module.inputType(x.value)).tensor
    #expect(Array(y.shape) == entry.outputShape, "\(name)")
    (y * wave(y.shape, phase: 1)).sum().backward()
    func check(_ found: Tensor?, _ expected: [Double], _ what: String) {
      let values: [Double] = found?.detach().scalars() ?? []
      let scale = expected.map(abs).max() ?? 1
      let difference = zip(values, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(values.count == expected.count && difference <= 1e-5 * max(1, scale), "\(name) \(what): \(difference)")
    }
    check(y, entry.y, "output")
    check(x.grad, entry.gradient, "input gradient")
    for (key, places) in parameters {
      let expected = places.map { entry.parameters[$0.key]?.gradient[$0.index] ?? .nan }
      check(own[key]?.grad, expected, "gradient of \(key)")
    }
    guard let statistics = entry.running, let evaluated = entry.evaluated else { return }
    let buffers = Dictionary(uniqueKeysWithValues: module.buffers.map { ($0.key, $0.buffer) })
    for (key, places) in running {
      let factors = scales[key] ?? places.map { _ in 1 }
      check(buffers[key]?.value, zip(places, factors).map { (statistics[$0.key]?[$0.index] ?? .nan) * $1 }, key)
    }
    module.eval()
    check(
      withoutGradient { module(module.inputType(wave(Shape(entry.shape), phase: 0.5))).tensor }, evaluated, "evaluation"
    )
  }

  @Test func norms() throws {
    let (so2, d4, c4) = (GSpace.so2, GSpace.dihedral(4), GSpace.rotations(4))
    let type = FieldType(so2, [so2.irrep(1), so2.trivial, so2.irrep(2)])
    // The reference has the scalar first.
    let places: [Place] = [("log_bias", 1), ("log_bias", 0), ("log_bias", 2)]
    try compare("NormNonLinearity n_relu", NormNonLinearity(type, .relu), parameters: ["log_bias": places])
    try compare("NormNonLinearity n_sigmoid", NormNonLinearity(type, .sigmoid), parameters: ["log_bias": places])
    try compare("NormNonLinearity squash", NormNonLinearity(type, .squash))
    let vectors = FieldType(so2, [so2.irrep(1), so2.irrep(2)])
    try compare(
      "NormNonLinearity n_softplus", NormNonLinearity(vectors, .softplus),
      parameters: ["log_bias": [("log_bias", 0), ("log_bias", 1)]])
    let turned = try d4.induced(.rotations(4), c4.irrep(1))
    let induced = FieldType(d4, [turned, turned, try d4.quotient(.rotations(2))])
    try compare(
      "InducedNormNonLinearity", InducedNormNonLinearity(induced),
      parameters: ["log_bias": [("log_bias", 1), ("log_bias", 2), ("log_bias", 0)]])
    try compare("InducedNormPool", InducedNormPool(induced))
    let mixed = FieldType(c4, [c4.irrep(1), c4.regular, c4.irrep(1), c4.irrep(2)])
    try compare("NormPool", NormPool(mixed))
    try compare("NormMaxPool", NormMaxPool(mixed, kernelSize: 3, stride: 2, padding: 1))
    let c6 = GSpace.rotations(6)
    try compare("VectorFieldNonLinearity", VectorFieldNonLinearity(FieldType(c6, 2 * c6.regular)))
  }

  @Test func gates() throws {
    var rng = Generator(seed: 0)
    let (o2, d4, c4, so2) = (GSpace.o2, GSpace.dihedral(4), GSpace.rotations(4), GSpace.so2)
    let type = FieldType(o2, 3 * o2.trivial + [o2.irrep(1, 2), o2.irrep(1, 0), o2.irrep(1, 1)])
    func bias(_ count: Int) -> [String: [Place]] { ["bias": (0..<count).map { ("bias", $0) }] }
    try compare(
      "GatedNonLinearity1", GatedNonLinearity1(type, pairing: .byAscendingSize, rng: &rng), parameters: bias(3))
    try compare(
      "GatedNonLinearity1 kept",
      GatedNonLinearity1(type, dropsGates: false, pairing: .byAscendingSize, rng: &rng), parameters: bias(3))
    try compare(
      "GatedNonLinearity2",
      GatedNonLinearity2(
        gates: FieldType(o2, 2 * o2.trivial), features: FieldType(o2, [o2.irrep(1, 1), o2.irrep(1, 2)]), rng: &rng),
      parameters: bias(2))
    let sub = FieldType(
      d4,
      2 * (try d4.quotient(.rotations(4))) + [
        try d4.induced(.rotations(4), c4.irrep(1)), try d4.induced(.rotations(4), c4.irrep(2)),
      ])
    try compare(
      "InducedGatedNonLinearity1", InducedGatedNonLinearity1(sub, pairing: .byAscendingSize, rng: &rng),
      parameters: bias(2))
    let uniform = Representation.directSum(2 * so2.trivial + [so2.irrep(1), so2.irrep(2)])
    try compare(
      "GatedNonLinearityUniform", GatedNonLinearityUniform(FieldType(so2, 2 * uniform), rng: &rng), parameters: bias(4))
  }

  @Test func batchNormalizations() throws {
    let (d4, c4) = (GSpace.dihedral(4), GSpace.rotations(4))
    func fields(_ suffix: String, _ keys: [(String, Int)]) -> [Place] { keys.map { ("\($0.0)_\(suffix)", $0.1) } }
    let vectors = FieldType(d4, [d4.irrep(1, 1), d4.irrep(1, 0), d4.irrep(1, 1)])
    let sizes = [("2", 0), ("1", 0), ("2", 1)]
    try compare(
      "NormBatchNorm", NormBatchNorm(vectors), parameters: ["weight": fields("weight", sizes)],
      running: ["running_var": fields("running_var", sizes)])
    let turned = FieldType(d4, 2 * (try d4.induced(.rotations(4), c4.irrep(1))))
    let pairs = [("(4, 2)", 0), ("(4, 2)", 1)]
    try compare(
      "InducedNormBatchNorm", InducedNormBatchNorm(turned), parameters: ["weight": fields("weight", pairs)],
      running: ["running_var": fields("running_var", pairs)])
    let general = FieldType(d4, [d4.irrep(1, 1), d4.trivial, d4.irrep(1, 1), d4.irrep(1, 0)])
    let irreps = [("irrep_1,1", 0), ("irrep_0,0", 0), ("irrep_1,1", 1), ("irrep_1,0", 0)]
    try compare(
      "GNormBatchNorm", GNormBatchNorm(general),
      parameters: ["weight": fields("weight", irreps), "bias": [("irrep_0,0_bias", 0)]],
      running: [
        "running_var": fields("running_var", irreps), "running_mean": [("irrep_0,0_running_mean", 0)],
      ])
    let mixed = FieldType(c4, [c4.regular, c4.irrep(1), c4.trivial, c4.regular])
    let names = [("regular", 0), ("irrep_1", 0), ("irrep_0", 0), ("regular", 1)]
    // The reference has the mean of each channel, we have the coefficient of the unit vector (½, ½, ½, ½).
    let means: [Place] = [("regular_running_mean", 0), ("irrep_0_running_mean", 0), ("regular_running_mean", 4)]
    try compare(
      "IIDBatchNorm2d", IIDBatchNorm2D(mixed),
      parameters: [
        "weight": fields("weight", names), "bias": [("regular_bias", 0), ("irrep_0_bias", 0), ("regular_bias", 1)],
      ], running: ["running_var": fields("running_var", names), "running_mean": means],
      scales: ["running_mean": [2, 1, 2]])
  }

  @Test func fourier() throws {
    let (so2, o2, c4) = (GSpace.so2, GSpace.o2, GSpace.rotations(4))
    func irreps(_ space: GSpace, _ ids: [[Int]]) throws -> [Irrep] { try ids.map { try Irrep(space.group, id: $0) } }
    try compare(
      "FourierPointwise SO2",
      FourierPointwise(so2, channels: 2, irreps: so2.group.irreps(maximumFrequency: 3), samples: 16))
    try compare(
      "FourierPointwise O2",
      FourierPointwise(o2, channels: 2, irreps: o2.group.irreps(maximumFrequency: 2), samples: 16))
    try compare(
      "FourierPointwise C4", FourierPointwise(c4, channels: 2, irreps: try irreps(c4, [[0], [1]]), samples: 4))
    try compare(
      "FourierELU SO2 narrowed",
      FourierELU(
        so2, channels: 2, irreps: so2.group.irreps(maximumFrequency: 2),
        outputIrreps: so2.group.irreps(maximumFrequency: 1), samples: 9))
    try compare(
      "FourierELU SO2 widened",
      FourierELU(
        so2, channels: 2, irreps: so2.group.irreps(maximumFrequency: 1),
        outputIrreps: so2.group.irreps(maximumFrequency: 2), samples: 9, isNormalized: false))
    try compare(
      "QuotientFourierELU SO2/C2",
      QuotientFourierELU(
        so2, subgroup: .rotations(2), channels: 2, irreps: try irreps(so2, [[0], [2], [4]]), samples: 12))
    try compare(
      "QuotientFourierELU O2/reflection",
      QuotientFourierELU(
        o2, subgroup: .reflection(angle: 0.7), channels: 2, irreps: try irreps(o2, [[0, 0], [1, 1], [1, 2]]),
        samples: 12))
    try compare(
      "QuotientFourierELU O2/C2",
      QuotientFourierELU(
        o2, subgroup: .rotations(2), channels: 2, irreps: try irreps(o2, [[0, 0], [1, 0], [1, 2]]), samples: 12))
  }
}
