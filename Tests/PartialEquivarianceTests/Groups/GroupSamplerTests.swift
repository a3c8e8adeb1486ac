import Layers
import OrderedCollections
import PartialEquivariance
import Symmetry
import Tensors
import TestSupport
import Testing

@Suite struct GroupSamplerTests {
  static func sampler(_ sampling: GroupSampling, partial: Bool = true, theta: Double? = nil) -> GroupSampler {
    var rng = Generator(seed: 11)
    let sampler = GroupSampler(sampling, isPartial: partial, rng: &rng)
    if let theta { sampler.support?.update { $0 * 0 + theta } }
    return sampler
  }

  static func random(_ group: Group = .so2, count: Int = 8) -> GroupSampling {
    GroupSampling(group, count: count, method: .random, perLayer: true)
  }

  @Test func whatIsLearnedHasNames() throws {
    let angles = try #require(Self.sampler(Self.random(), theta: 0.25).learnedSupport)
    #expect("\(angles)" == "±45.0°" && angles.numbers.map(\.name) == ["width"])
    let mirrored = try #require(Self.sampler(Self.random(.o2), theta: 0.5).learnedSupport)
    #expect("\(mirrored)" == "±90.0°, reflections 0.73" && mirrored.numbers.map(\.name) == ["width", "reflections"])
    let kept = try #require(Self.sampler(GroupSampling(.so2, count: 4)).learnedSupport)
    #expect("\(kept)" == "rotations 90° 0.88, 180° 0.88, 270° 0.88")
    let both = try #require(Self.sampler(GroupSampling(.o2, count: 4), theta: -1).learnedSupport)
    #expect("\(both)" == "rotations 180° 0.12, reflections 0.12")
    #expect(both.numbers.map(\.name) == ["rotation-1", "reflections"])
    #expect(Self.sampler(Self.random(), partial: false).learnedSupport == nil)
  }

  @Test(arguments: [(1.0, 8), (0.6, 5), (0.3, 3), (0.05, 1), (0, 1)])
  func countsFollowTheWidth(_ theta: Double, _ count: Int) {
    for isTraining in [true, false] {
      let sampler = Self.sampler(Self.random(), theta: theta)
      if !isTraining { sampler.eval() }
      let samples = sampler()
      #expect(samples.count == count)
      if theta == 0 { #expect(abs(samples.angles.item()) < 1e-12) }
    }
  }

  @Test(arguments: [0.2, 0.5, 0.9, 1]) func anglesStayInTheSupport(_ theta: Double) {
    let sampler = Self.sampler(Self.random(), theta: theta)
    for _ in 0..<20 {
      for element in sampler().elements() {
        let angle = element.angle(in: .so2)
        let signed = angle > .pi ? angle - 2 * .pi : angle
        #expect(signed >= -.pi * theta - 1e-6 && signed < .pi * theta + 1e-6)
      }
    }
  }

  /// -π + 2π (i + u) / n for the true gradient, -π + 2πu/n for every element in the original's form.
  @Test(arguments: GroupSampling.SupportGradient.allCases)
  func gradientOnTheWidth(_ gradient: GroupSampling.SupportGradient) throws {
    var options = Self.random()
    options.supportGradient = gradient
    let sampler = Self.sampler(options, theta: 0.6)
    let samples = sampler()
    let support = try #require(sampler.support)
    // The angle of element i is -πθ + 2πθ (i + u) / n modulo 2π.
    let first = samples.angles[0, 0].item()
    let theta = support.value.item()
    let count = Double(samples.count)
    var lowest = first - 2 * .pi
    if lowest < -.pi * theta - 1e-9 { lowest = first }
    let u = (lowest + .pi * theta) * count / (2 * .pi * theta)
    for index in 0..<samples.count {
      support.zeroGradient()
      samples.angles[0, index].backward(retainingGraph: true)
      let position = gradient == .reparametrized ? Double(index) : 0
      let expected = -.pi + 2 * .pi * (position + u) / count
      #expect(abs((support.grad?.item() ?? .nan) - expected) < 1e-4)
    }
  }

  @Test func widthsAreProjectedOrLeft() throws {
    let projected = Self.sampler(Self.random(), theta: 1.7)
    #expect(projected().count == 8)
    #expect(try #require(projected.support).value.item() == 1)
    let negative = Self.sampler(Self.random(), theta: -0.4)
    #expect(negative().count == 1)
    var options = Self.random()
    options.supportRange = .unconstrained
    let free = Self.sampler(options, theta: -0.6)
    #expect(free().count == 5)
    #expect(abs(try #require(free.support).value.item() + 0.6) < 1e-6)
    #expect(Self.sampler(options, theta: 1.7)().count == 8)
    // Evaluation does not change the parameter.
    let tested = Self.sampler(Self.random(), theta: 1.7)
    tested.eval()
    #expect(tested().count == 8)
    #expect(try #require(tested.support).value.item() > 1.6)
  }

  @Test func reflectionsComeAsAHalfOrNotAtAll() {
    let sampler = Self.sampler(Self.random(.o2))
    sampler.support?.update { Tensor([1, -0.4], shape: [2], dtype: $0.dtype) }
    let counts = (0..<40).map { _ in sampler().count }
    #expect(Set(counts) == [4, 8])
    for _ in 0..<10 {
      let elements = sampler().elements()
      #expect(elements.prefix(4).allSatisfy { !$0.isReflected })
      #expect(elements.dropFirst(4).allSatisfy { $0.isReflected })
    }
    sampler.eval()
    #expect(sampler().count == 4, "a probability below one half leaves them out of a fixed test")
  }

  /// The original cannot do this: its shapes do not fit.
  @Test func reflectionsWorkWithElementsForEachImage() {
    var options = Self.random(.o2)
    options.perBatchElement = true
    let samples = Self.sampler(options)(batch: 3)
    #expect(samples.sets == 3)
    #expect(samples.signs?.shape == samples.angles.shape)
    #expect(difference(samples.angles[0], samples.angles[1]) > 0)
  }

  /// In a process of its own, for the share of a batch belongs to the whole process.
  @Test func processesThatShareABatchDrawForAllOfIt() async {
    await #expect(processExitsWith: .success) {
      var options = GroupSamplerTests.random(.o2)
      options.perBatchElement = true
      let (alone, shared) = (GroupSamplerTests.sampler(options), GroupSamplerTests.sampler(options))
      let port = try #require(FreePort.find())
      let group = try ProcessGroup(address: "127.0.0.1", port: port, rank: 0, size: 1, timeout: 10)
      for _ in 0..<3 {
        let whole = alone(batch: 5)
        let own = withBatchShare(2..<4, of: 5, in: group) { shared(batch: 2) }
        #expect(own.sets == 2 && difference(own.angles, whole.angles.slice(0, from: 2, to: 4)) == 0)
        #expect(own.signs?.shape == own.angles.shape)
      }
    }
  }

  /// The jitter of the original over O(2) is below 2πθ/N for N rotations and reflections: half of the spacing.
  @Test(arguments: GroupSampling.Jitter.allCases) func jitterOverReflections(_ jitter: GroupSampling.Jitter) {
    var options = Self.random(.o2)
    options.jitter = jitter
    let sampler = Self.sampler(options, theta: 1)
    let offsets = (0..<200).map { _ in sampler().angles[0, 0].item() - .pi }
    let width = jitter == .spacing ? Double.pi / 2 : Double.pi / 4
    #expect(offsets.allSatisfy { $0 >= -1e-9 && $0 < width })
    #expect((offsets.max() ?? 0) > 0.9 * width)
  }

  @Test func deterministicPartialKeepsTheIdentityAndRightShares() {
    for (inclusion, expected) in [(GroupSampling.Inclusion.sigmoid, 0.881), (.doubleSigmoid, 0.707)] {
      var options = GroupSampling(.so2, count: 8)
      options.inclusion = inclusion
      let sampler = Self.sampler(options)
      var kept = 0
      for _ in 0..<400 {
        let samples = sampler()
        #expect(samples.angles[0, 0].item() == 0)
        kept += samples.count - 1
      }
      #expect(abs(Double(kept) / 2800 - expected) < 0.03)
      #expect(abs((sampler.supportValues?.first ?? 0) - expected) < 1e-3)
    }
  }

  @Test func straightThroughGradientsReachTheLogits() throws {
    let sampler = Self.sampler(GroupSampling(.o2, count: 8))
    let samples = sampler()
    let sum = samples.angles.sum() + (samples.signs?.sum() ?? Tensor(0, dtype: .float64))
    sum.backward()
    let gradient = try #require(sampler.support?.grad)
    #expect(gradient.isAllFinite && magnitude(gradient) > 0)
  }

  @Test func temperaturesFallWithProgress() {
    let schedule = TemperatureSchedule()
    #expect(schedule.temperature(at: 0) == 0.5)
    #expect(abs(schedule.temperature(at: 0.5) - 0.25005) < 1e-9)
    #expect(abs(schedule.temperature(at: 1) - 1e-4) < 1e-12)
    #expect(abs(schedule.temperature(at: 3) - 1e-4) < 1e-12, "never below the last one")
  }

  @Test func testsAreFixedSeededOrRandom() {
    func draws(_ evaluation: GroupSampling.Evaluation) -> [[Double]] {
      var options = Self.random()
      options.evaluation = evaluation
      let sampler = Self.sampler(options, theta: 0.7)
      sampler.eval()
      return (0..<3).map { _ in sampler().angles.scalars(as: Double.self) }
    }
    #expect(Set(draws(.fixed)).count == 1)
    #expect(Set(draws(.seeded(4))).count == 1)
    #expect(draws(.seeded(4)) != draws(.seeded(5)))
    #expect(Set(draws(.random)).count == 3)
  }

  /// Fixed draws of layers that draw for themselves lie between those of the layer before, and reflections keep them.
  @Test(arguments: [Group.so2, .o2]) func fixedDrawsAlternate(_ group: Group) throws {
    var options = Self.random(group)
    options.perLayer = true
    let clock = SamplingClock()
    var rng = Generator(seed: 2)
    let layers = (0..<3).map { _ in GroupSampler(options, clock: clock, rng: &rng) }
    let turn = 2 * Double.pi
    let spacing = turn / Double(options.rotations)
    let angles = layers.map { Array($0.fixed().angles.scalars(as: Double.self).prefix(options.rotations)) }
    for (layer, offset) in zip(angles, [0, 0.5, 0]) {
      #expect(abs(layer[0] - offset * spacing) < 1e-12)
      let mirrored = layer.map { (turn - $0).truncatingRemainder(dividingBy: turn) }.sorted()
      for (a, b) in zip(layer.sorted(), mirrored) { #expect(abs(a - b) < 1e-12) }
    }
  }

  @Test func generatorsResume() throws {
    let sampler = Self.sampler(Self.random())
    _ = sampler()
    let saved = sampler.generatorStates
    #expect(saved.keys.elements == ["random"])
    let next = (0..<3).map { _ in sampler().angles.scalars(as: Double.self) }
    let other = Self.sampler(Self.random())
    try other.loadGeneratorStates(saved)
    #expect((0..<3).map { _ in other().angles.scalars(as: Double.self) } == next)
  }

  @Test func aWidthThatIsNoNumberDoesNotEndTheProcess() {
    let sampler = Self.sampler(Self.random(), theta: .nan)
    #expect(!sampler().angles.isAllFinite)
  }
}
