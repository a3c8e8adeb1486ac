import SteerableKernels
import Symmetry
import TestSupport
import Testing

/// Dimensions and elements of the reference, one by one and in order.
@Suite struct GoldenBasisTests {
  @Test func dimensions() throws {
    let golden = try ReferenceGoldens.load()
    var compared = 0
    for (key, dimensions) in golden.dimensions.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "|").map(String.init)
      let group = try Group(parts[0])
      let names = parts[1].split(separator: ">").map { $0.hasSuffix("-") ? String($0.dropLast()) : String($0) }
      let (input, output) = (try representation(names[0], group), try representation(names[1], group))
      let cutoff = try FrequencyCutoff(parts[2])
      for (size, dimension) in zip([1, 3, 5, 7, 9], dimensions) {
        let configuration = KernelConfiguration(kernelSize: size, frequencyCutoff: cutoff)
        let basis = SampledKernelBasis.basis(from: input, to: output, configuration: configuration)
        #expect(basis.dimension == dimension, "\(key), kernel size \(size)")
        compared += 1
      }
      SampledKernelBasis.emptyCache()
    }
    print("golden kernel dimensions compared: \(compared)")
    #expect(compared == 5 * golden.dimensions.count && compared > 2000)
  }

  @Test func elements() throws {
    let golden = try ReferenceGoldens.load()
    var (values, attributes, worst) = (0, 0, 0.0)
    for (key, expected) in golden.bases {
      let parts = key.split(separator: "|").map(String.init)
      let group = try Group(parts[0])
      let names = parts[1].split(separator: ">").map { $0.hasSuffix("-") ? String($0.dropLast()) : String($0) }
      let configuration = KernelConfiguration(
        kernelSize: try #require(Int(parts[2].dropFirst())), frequencyCutoff: try FrequencyCutoff(parts[3]))
      let basis = SampledKernelBasis.basis(
        from: try representation(names[0], group), to: try representation(names[1], group),
        configuration: configuration)
      try #require(basis.dimension == expected.elements.count, "\(key)")
      for (element, golden) in zip(basis.elements, expected.elements) {
        #expect(element.radius == golden.radius && element.sigma == golden.sigma, "\(key)")
        #expect(element.frequency == golden.frequency, "\(key)")
        #expect(abs(element.gamma - golden.gamma) < 1e-12, "\(key)")
        #expect(golden.s == nil || element.s == golden.s, "\(key)")
        #expect(golden.offset == nil || element.offset == golden.offset, "\(key)")
        #expect(element.inIrrep.name == golden.inIrrep && element.outIrrep.name == golden.outIrrep, "\(key)")
        #expect(element.inIrrepIndex == golden.inIrrepIndex && element.outIrrepIndex == golden.outIrrepIndex, "\(key)")
        attributes += 8 + (golden.s == nil ? 0 : 1) + (golden.offset == nil ? 0 : 1)
      }
      try #require(expected.values.count == basis.values.count, "\(key)")
      let difference = zip(expected.values, basis.values).map { abs($0 - $1) }.max() ?? 0
      #expect(difference <= 2e-5, "\(key): \(difference)")
      worst = max(worst, difference)
      values += expected.values.count
    }
    print("golden kernel values compared: \(values), attributes: \(attributes), largest difference \(worst)")
    #expect(values > 6000)
  }

  @Test func convolutions() throws {
    let golden = try ReferenceGoldens.load()
    let (c4, d4, c8) = (Group.cyclic(4), Group.dihedral(4), Group.cyclic(8))
    let cases: [(key: String, group: Group, output: Representation, size: Int, padding: Int)] = [
      ("R2Conv C4 irrep_0->2xregular k3 pad1 x[1,1,6,6]", c4, c4.regularRepresentation, 3, 1),
      ("R2Conv D4 irrep_0,0->2xregular k3 pad0 x[1,1,6,6]", d4, d4.regularRepresentation, 3, 0),
      ("R2Conv C8 irrep_0->2xirrep_1 k5 pad0 x[1,1,6,6]", c8, c8.irrep(1), 5, 0),
    ]
    let image = (0..<36).map { sine(0.7 * Double($0 + 1)) }
    var compared = 0
    for item in cases {
      let expected = try #require(golden.layers[item.key], "no golden layer \(item.key)")
      let shape = try #require(expected.shape)
      let layer = try LayerKernelBasis(
        from: [item.group.trivialRepresentation], to: [item.output, item.output],
        configuration: KernelConfiguration(kernelSize: item.size))
      let filter = layer.filter(weights: (0..<layer.weightCount).map { sine(Double($0 + 1)) })
      for channel in 0..<layer.outSize {
        // The bias acts along the trivial irrep, the first column of the change of basis.
        var bias = 0.0
        if item.output.containsTrivial {
          let column = item.output.changeOfBasis[channel % item.output.size, 0]
          bias = column * sine(Double(channel / item.output.size + 1) + .pi / 2)
        }
        for row in 0..<shape[2] {
          for column in 0..<shape[3] {
            var sum = bias
            for u in 0..<item.size {
              for v in 0..<item.size {
                let (y, x) = (row + u - item.padding, column + v - item.padding)
                guard (0..<6).contains(y), (0..<6).contains(x) else { continue }
                sum += filter[(channel * item.size + u) * item.size + v] * image[y * 6 + x]
              }
            }
            #expect(abs(sum - expected.values[(channel * shape[2] + row) * shape[3] + column]) <= 5e-5, "\(item.key)")
            compared += 1
          }
        }
      }
    }
    print("golden convolution values compared: \(compared)")
    #expect(compared == 8 * 36 + 16 * 16 + 4 * 4)
  }
}
