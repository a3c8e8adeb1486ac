import SteerableKernels
import Symmetry
import Testing

@Suite struct ConfigurationTests {
  @Test func bandLimits() throws {
    func limits(_ size: Int, _ cutoff: FrequencyCutoff, dilation: Int = 1) -> [Double] {
      KernelConfiguration(kernelSize: size, dilation: dilation, frequencyCutoff: cutoff).frequencyLimits
    }
    #expect(limits(1, .default) == [0])
    #expect(limits(3, .default) == [0, 2])
    #expect(limits(5, .default) == [0, 2, 2])
    #expect(limits(7, .default) == [0, 2, 3, 2])
    #expect(limits(9, .default) == [0, 2, 3, 6, 2])
    #expect(limits(9, .rule2) == [0, 2, 3, 6, 1])
    #expect(limits(9, .rule3) == [0, 2, 2, 2, 1])
    #expect(limits(7, .linear(3)) == [0, 3, 6, 9])
    #expect(limits(5, .custom(id: "square") { $0 * $0 }) == [0, 1, 4])
    #expect(limits(5, .default, dilation: 2) == [0, 2, 7])
    #expect(try FrequencyCutoff("-1") == .default)
    #expect(try FrequencyCutoff("3r") == .linear(3))
    #expect(try FrequencyCutoff("-2") == .rule2)
    #expect(try FrequencyCutoff(FrequencyCutoff.halfInteger.description) == .halfInteger)
    #expect(throws: KernelError.unknownCutoff("wide")) { try FrequencyCutoff("wide") }
  }

  @Test func defaultRings() {
    #expect(KernelConfiguration(kernelSize: 1).resolvedSigma == [0.005])
    #expect(KernelConfiguration(kernelSize: 2).resolvedRings == [0])
    #expect(KernelConfiguration(kernelSize: 4).resolvedRings == [0, 1])
    #expect(KernelConfiguration(kernelSize: 7).resolvedRings == [0, 1, 2, 3])
    #expect(KernelConfiguration(kernelSize: 7).resolvedSigma == [0.005, 0.6, 0.6, 0.4])
    #expect(KernelConfiguration(kernelSize: 5, dilation: 3).resolvedRings == [0, 3, 6])
    #expect(KernelConfiguration(kernelSize: 5, sigma: 0.7).resolvedSigma == [0.7, 0.7, 0.7])
    #expect(KernelConfiguration(kernelSize: 5, rings: [1, 2], sigma: [0.3, 0.4]).resolvedSigma == [0.3, 0.4])
  }

  @Test func dilationWidensTheBandLimit() {
    let regular = Group.cyclic(4).regularRepresentation
    func dimension(_ dilation: Int) -> Int {
      SampledKernelBasis.basis(
        from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 5, dilation: dilation)
      ).dimension
    }
    #expect(dimension(1) == 44)
    #expect(dimension(2) == 84)
  }

  @Test func filtersChooseElements() throws {
    let regular = Group.cyclic(8).regularRepresentation
    let all = SampledKernelBasis.basis(from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 5))
    let low = SampledKernelBasis.basis(
      from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 5, filter: .frequency(atMost: 1)))
    let outer = SampledKernelBasis.basis(
      from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 5, filter: .radius(in: 2...2)))
    #expect(all.dimension == 88)
    #expect(low.elements == all.elements.filter { abs($0.frequency) <= 1 })
    #expect(outer.elements == all.elements.filter { $0.radius == 2 })
    let length = all.values.count / all.dimension
    #expect(outer.values == Array(all.values.suffix(outer.dimension * length)))
  }

  @Test func maximumOffsetLimitsAliases() {
    let trivial = Group.cyclic(2).trivialRepresentation
    func frequencies(_ maximum: Int?) -> Set<Int> {
      let configuration = KernelConfiguration(
        kernelSize: 7, frequencyCutoff: .linear(3), maximumOffset: maximum, filter: .radius(in: 3...3))
      return Set(
        SampledKernelBasis.basis(from: trivial, to: trivial, configuration: configuration).elements.map(\.frequency))
    }
    #expect(frequencies(nil) == [0, 2, 4, 6, 8])
    #expect(frequencies(1) == [0, 2])
    #expect(frequencies(0) == [0])
  }

  @Test func theAxisTurnsTheKernels() {
    let sign = Group.flip.irrep(1)
    func values(_ axis: Double) -> [Double] {
      SampledKernelBasis.basis(
        from: Group.flip.trivialRepresentation, to: sign,
        configuration: KernelConfiguration(kernelSize: 3, axis: axis)
      ).values
    }
    // The first kernel is odd across the axis: it vanishes on it.
    let (vertical, horizontal) = (values(.pi / 2), values(0))
    #expect(abs(vertical[1]) < 1e-12 && abs(vertical[7]) < 1e-12 && abs(vertical[3]) > 0.1)
    #expect(abs(horizontal[3]) < 1e-12 && abs(horizontal[5]) < 1e-12 && abs(horizontal[1]) > 0.1)
    #expect(vertical != horizontal)
  }

  @Test func evenKernelsNameTheirCure() throws {
    let trivial = Group.cyclic(4).trivialRepresentation
    let error = #expect(throws: KernelError.self) {
      try LayerKernelBasis(from: [trivial], to: [trivial, trivial], configuration: KernelConfiguration(kernelSize: 2))
    }
    #expect(error?.description.contains("halfInteger(kernelSize: 2)") == true)
    #expect(error?.description.contains("1 trivial") == true && error?.description.contains("2 trivial") == true)
    for (size, dimension) in [(2, 3), (4, 8), (6, 15)] {
      let basis = SampledKernelBasis.basis(
        from: trivial, to: Group.cyclic(4).regularRepresentation, configuration: .halfInteger(kernelSize: size))
      #expect(basis.dimension == dimension)
    }
  }

  @Test func invalidConfigurationsAreNamed() {
    let trivial = Group.cyclic(4).trivialRepresentation
    let cases: [(KernelConfiguration, String)] = [
      (KernelConfiguration(kernelSize: 0), "kernel size 0"),
      (KernelConfiguration(kernelSize: 3, dilation: 0), "dilation 0"),
      (KernelConfiguration(kernelSize: 3, rings: [0, 5]), "ring radius 5.0"),
      (KernelConfiguration(kernelSize: 3, rings: [-1]), "ring radius -1.0"),
      (KernelConfiguration(kernelSize: 3, rings: []), "list of rings is empty"),
      (KernelConfiguration(kernelSize: 5, sigma: [1, 2]), "2 values of sigma for 3 rings"),
      (KernelConfiguration(kernelSize: 5, sigma: 0), "sigma 0.0"),
      (KernelConfiguration(kernelSize: 5, maximumOffset: -1), "maximum offset -1"),
      (KernelConfiguration(kernelSize: 5, frequencyCutoff: .custom(id: "all") { _ in .infinity }), "custom(all)"),
      (KernelConfiguration(kernelSize: 5, axis: .nan), "axis nan"),
    ]
    for (configuration, text) in cases {
      let error = #expect(throws: KernelError.self) {
        try LayerKernelBasis(from: [trivial], to: [trivial], configuration: configuration)
      }
      #expect(error?.description.contains(text) == true, "\(text): \(String(describing: error))")
    }
    #expect(throws: KernelError.groupMismatch("C4", "C8")) {
      try LayerKernelBasis(
        from: [trivial], to: [Group.cyclic(8).trivialRepresentation], configuration: KernelConfiguration(kernelSize: 3))
    }
  }

  // In a process of its own, because other tests empty the cache.
  @Test func basesAreBuiltOnceForEachProcess() async {
    await #expect(processExitsWith: .success) {
      let (regular, vector) = (Group.dihedral(3).regularRepresentation, Group.dihedral(3).irrep(1, 1))
      let configuration = KernelConfiguration(kernelSize: 5)
      let bases = await withTaskGroup(of: SampledKernelBasis.self) { tasks in
        for _ in 0..<16 {
          tasks.addTask { SampledKernelBasis.basis(from: regular, to: regular, configuration: configuration) }
        }
        return await tasks.reduce(into: [SampledKernelBasis]()) { $0.append($1) }
      }
      precondition(bases.allSatisfy { $0 === bases[0] }, "threads that ask at once get one basis")
      // Representations that are equal but were made anew, as two layers of a network do.
      let again = try LayerKernelBasis(
        from: [try Group("D3").representation("regular"), vector], to: [regular, regular], configuration: configuration)
      precondition(again.pairs.contains { $0.basis === bases[0] }, "layers share what is equal")
      let other = SampledKernelBasis.basis(
        from: regular, to: regular, configuration: KernelConfiguration(kernelSize: 3))
      precondition(other !== bases[0], "another configuration is another basis")
      SampledKernelBasis.emptyCache()
      let anew = SampledKernelBasis.basis(from: regular, to: regular, configuration: configuration)
      precondition(anew !== bases[0] && anew.values == bases[0].values, "an emptied cache builds the same again")
    }
  }

  @Test func basesAreTheSameFromEveryThread() async {
    let regular = Group.dihedral(3).regularRepresentation
    let configuration = KernelConfiguration(kernelSize: 5)
    let bases = await withTaskGroup(of: SampledKernelBasis.self) { tasks in
      for _ in 0..<8 {
        tasks.addTask { SampledKernelBasis.basis(from: regular, to: regular, configuration: configuration) }
      }
      return await tasks.reduce(into: [SampledKernelBasis]()) { $0.append($1) }
    }
    #expect(bases.allSatisfy { $0.values == bases[0].values })
    // The axis is part of the key, but means nothing to rotations.
    func basis(_ group: Group, axis: Double) -> SampledKernelBasis {
      SampledKernelBasis.basis(
        from: group.regularRepresentation, to: group.regularRepresentation,
        configuration: KernelConfiguration(kernelSize: 3, axis: axis))
    }
    #expect(basis(.dihedral(2), axis: 0).values != basis(.dihedral(2), axis: 0.5).values)
    #expect(basis(.cyclic(4), axis: 0).values == basis(.cyclic(4), axis: 0.5).values)
  }
}
