internal import Foundation
internal import Layers
internal import PartialEquivariance
internal import Symmetry
internal import Tensors
internal import Visualization

/// The pictures of the study of partial equivariance.
enum PartialStudyPictures {
  private static let quarters: [Double] = [-180, -90, 0, 90, 180]

  /// The learned support of each layer, one row a layer and one color a seed; nil if nothing was learned.
  static func supports(_ line: PartialStudyFindings.Line, seeds: [Int]) -> IntervalPlot? {
    guard let first = line.runs.first, !first.supports.isEmpty else { return nil }
    let hasLift = first.supports.first?.layer != "input"
    let rows = (hasLift ? ["lifting (whole group)"] : []) + first.supports.map(\.layer)
    return IntervalPlot(
      "\(line.task.title), \(line.network): learned support", rows: rows,
      axis: .angle("rotation (radians)"),
      series: zip(seeds, line.runs).map { seed, run in
        let learned = run.supports.map { support -> ClosedRange<Double>? in
          support.values.first.map { -Double.pi * $0...Double.pi * $0 }
        }
        return Intervals("seed \(seed)", (hasLift ? [-Double.pi...Double.pi] : []) + learned)
      })
  }

  /// How sure the networks are that turned sixes are sixes, with the range between the first and the last tenth.
  static func turnedSixes(_ lines: [PartialStudyFindings.Line]) -> LinePlot {
    LinePlot(
      "Is a turned six a six?",
      xAxis: Axis(
        "rotation of the image (degrees, counter-clockwise)", range: -180...180,
        ticks: Array(stride(from: -180, through: 180, by: 45))),
      yAxis: Axis("probability of the class \"6\"", range: -0.02...1.02, ticks: [0, 0.25, 0.5, 0.75, 1]),
      series: lines.map { line in
        let angles = line.runs.first?.turned.map(\.degrees) ?? []
        func mean(_ value: KeyPath<PartialStudyRun.Turned, Double>) -> [Double] {
          angles.indices.map { angle in Summary(line.runs.map { $0.turned[angle][keyPath: value] }).mean }
        }
        return Series(line.network, x: angles, y: mean(\.mean), band: (mean(\.low), mean(\.high)), showsPoints: true)
      }, references: [("cannot tell", 0.5)])
  }

  /// The range that each layer has learned against that of the images, mean and deviation over the seeds.
  static func knownRange(_ lines: [PartialStudyFindings.Line]) -> LinePlot {
    let ranges = lines.map { $0.range ?? 0 }
    let layers = lines.first?.runs.first?.supports.map(\.layer) ?? []
    let learned = layers.indices.map { layer -> Series in
      let summaries = lines.map { line in Summary(line.runs.map { 180 * ($0.supports[layer].values.first ?? 0) }) }
      return Series(
        layers[layer], x: ranges, y: summaries.map(\.mean),
        band: (summaries.map { $0.mean - $0.deviation }, summaries.map { $0.mean + $0.deviation }), showsPoints: true)
    }
    return LinePlot(
      "Does a layer learn the range of the rotations?",
      xAxis: Axis("range of the images' rotations (± degrees)", range: 0...185, ticks: ranges),
      yAxis: Axis("learned support πθ (± degrees)", range: 0...185, ticks: [0] + ranges),
      series: learned + [Series("what the images have", x: [0, 180], y: [0, 180], dashes: [4, 4], colorIndex: 7)])
  }

  /// The accuracy of every network of a task with its deviation.
  static func accuracies(_ lines: [PartialStudyFindings.Line]) -> BarPlot? {
    guard let task = lines.first?.task else { return nil }
    let means = lines.map { 100 * $0.accuracy.mean }
    let low = max(0, ((means.min() ?? 0) / 10).rounded(.down) * 10 - 10)
    return BarPlot(
      "\(task.title): test accuracy", categories: lines.map(\.network),
      valueAxis: Axis("accuracy (%)", range: low...100),
      series: [Bars("", means, errors: lines.map { 100 * $0.accuracy.deviation })])
  }

  // MARK: - Kernels

  /// Kernels of the first layers as continuous functions of the position, for eight elements of the group.
  static func kernels(_ network: CKResNet, title: String) -> PanelGrid? {
    guard let convolution = network.blocks.first?.conv1 else { return nil }
    let angles = (0..<8).map { Double($0) * .pi / 4 }
    let fields = 3
    var rows: [[any Drawing]] = []
    for field in 0..<min(fields, network.lift.outChannels) {
      rows.append(
        row("lift → \(field + 1)", angles) { angle in
          // A lifted field at g holds the kernel at g⁻¹u.
          values(of: network.lift.kernel, output: field * network.lift.inChannels, turned: angle, coordinates: [])
        })
    }
    for field in 0..<min(fields, convolution.inChannels) {
      rows.append(
        row("\(field + 1) → 1", angles) { angle in
          values(
            of: convolution.kernel, output: field, turned: 0,
            coordinates: convolution.coordinates(of: convolution.group.element(angle: angle)))
        })
    }
    return PanelGrid(title, rows: rows)
  }

  /// One kernel for all angles, on one scale of colors.
  private static func row(_ name: String, _ angles: [Double], _ values: (Double) -> ScalarField) -> [any Drawing] {
    let pictures = angles.map(values)
    let largest = pictures.flatMap(\.values).reduce(0) { max($0, abs($1)) }
    return zip(angles, pictures).map { angle, picture in
      ImagePanel(
        "\(name), \(Int((angle * 180 / .pi).rounded()))°", picture, map: .diverging, range: -largest...largest,
        isDisc: true, side: 92)
    }
  }

  /// A kernel between and at its pixels: 61 × 61 points of its square.
  private static func values(
    of kernel: KernelNetwork, output: Int, turned angle: Double, coordinates: [Double]
  ) -> ScalarField {
    let side = 61
    var points = [[Double]](repeating: [], count: 2 + coordinates.count)
    for row in 0..<side {
      for column in 0..<side {
        let x = 2 * Double(column) / Double(side - 1) - 1
        let y = 1 - 2 * Double(row) / Double(side - 1)
        points[0].append(cos(angle) * x + sin(angle) * y)
        points[1].append(-sin(angle) * x + cos(angle) * y)
        for (axis, value) in coordinates.enumerated() { points[2 + axis].append(value) }
      }
    }
    let input = Tensor(points.flatMap(\.self), shape: [points.count, side * side]).to(.float32)
    let result = withoutGradient { kernel.evaluating { kernel(input) } }
    return ScalarField(width: side, height: side, values: result[output].scalars(as: Double.self))
  }
}
