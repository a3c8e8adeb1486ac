import Symmetry

/// The sampled solutions between two irreps on every ring, before normalization; built once per process.
struct IrrepBlock: Sendable {
  struct Key: Hashable, Sendable {
    let pair: IrrepPair
    let configuration: KernelConfiguration
  }

  /// The number of solutions on each ring.
  let solutions: Int
  /// The number of values of one solution.
  let stride: Int
  /// Row-major [ring][solution][row][column][point]; zero beyond the band limit of the ring.
  let values: [Double]
  /// Row-major [ring][solution]: the sum of squares of the values.
  let squaredNorms: [Double]

  private static let cache = OnceCache<Key, IrrepBlock>()

  static func block(_ pair: IrrepPair, _ configuration: KernelConfiguration) -> IrrepBlock {
    var key = configuration
    key.filter = nil
    if !key.usesAxis(of: pair.input.group) { key.axis = 0 }
    return cache.value(for: Key(pair: pair, configuration: key)) { IrrepBlock(pair, key) }
  }

  static func emptyCache() { cache.removeAll() }

  private init(_ pair: IrrepPair, _ configuration: KernelConfiguration) {
    let profile = SampledProfile.profile(configuration, group: pair.input.group)
    let points = profile.points
    let limits = configuration.frequencyLimits
    let solutions = AngularSolution.solutions(
      from: pair.input, to: pair.output, action: configuration.action,
      maximumFrequency: configuration.maximumFrequency, maximumOffset: configuration.maximumOffset)
    let stride = pair.input.size * pair.output.size * points
    var values = [Double](repeating: 0, count: limits.count * solutions.count * stride)
    var norms = [Double](repeating: 0, count: limits.count * solutions.count)
    let entries = pair.input.size * pair.output.size
    values.withUnsafeMutableBufferPointer { values in
      for ring in limits.indices {
        for (index, solution) in solutions.enumerated() where Double(abs(solution.frequency)) <= limits[ring] {
          let position = ring * solutions.count + index
          let base = position * stride
          let frequency = abs(solution.frequency) * points
          var norm = 0.0
          for point in 0..<points {
            let amplitude = profile.radial[ring * points + point]
            let block = solution.block(
              cosine: profile.cosines[frequency + point], sine: profile.sines[frequency + point])
            for entry in 0..<entries {
              let value = amplitude * block[entry]
              values[base + entry * points + point] = value
              norm += value * value
            }
          }
          norms[position] = norm
        }
      }
    }
    (self.solutions, self.stride, self.values, self.squaredNorms) = (solutions.count, stride, values, norms)
  }
}
