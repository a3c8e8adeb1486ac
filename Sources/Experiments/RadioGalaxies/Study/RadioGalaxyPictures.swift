internal import Datasets
internal import Foundation
internal import Layers
internal import Tensors
internal import Training
internal import Visualization

/// The pictures of the radio-galaxy study, each as PNG and SVG, and its animations.
struct RadioGalaxyPictures {
  /// One picture as it stands in the report.
  struct Picture {
    let section: String
    let data: Data
    let mediaType: String
    let caption: String
  }

  let study: RadioGalaxyStudy
  let data: DatasetSplits
  let shouldStop: () -> Bool
  private let curves: [[LearningCurve]]
  private let tables: [OverlapTable]

  /// Takes the learning curves of the runs, and reads the overlaps of the first seed.
  init(
    study: RadioGalaxyStudy, data: DatasetSplits, curves: [[LearningCurve]], shouldStop: @escaping () -> Bool
  ) throws {
    self.study = study
    self.data = data
    self.shouldStop = shouldStop
    self.curves = curves
    tables = try study.networks.map { network in
      try OverlapTable(contentsOf: study.directory(network, seed: 0).url.appending(path: "overlap.csv"))
    }
  }

  /// A window that leaves something of short runs.
  private var window: Int { max(1, min(10, study.epochs / 4)) }

  /// The folder of the pictures.
  private var folder: URL { study.folder.url.appending(path: "pictures", directoryHint: .isDirectory) }

  /// Draws everything; nil when it was stopped.
  func drawAll(_ results: RadioGalaxyResults) throws -> [Picture]? {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var pictures = try resultPlots(results) + learningPlots()
    pictures += try overlapPlots()
    guard let figures = try rotationFigures() else { return nil }
    pictures += figures
    guard let animations = try animations() else { return nil }
    return pictures + animations
  }

  /// Writes a picture as PNG and SVG.
  private func draw(_ drawing: any Drawing, _ name: String, _ section: String, _ caption: String) throws -> Picture {
    try drawing.write(to: folder.appending(path: "\(name).svg"))
    let png = try drawing.write(to: folder.appending(path: "\(name).png"))
    return Picture(section: section, data: png, mediaType: "image/png", caption: caption)
  }

  private func index(_ predicate: (RadioGalaxyNetwork) -> Bool) -> Int? { study.networks.firstIndex(where: predicate) }

  /// The plain network and the last steerable one: the pair that the publication compares.
  private var pair: (plain: Int, steerable: Int)? {
    guard let plain = index({ $0.model.kind == .vanillaLeNet && $0.isAugmented }),
      let steerable = study.networks.lastIndex(where: { $0.model.kind.isSteerable && $0.isAugmented })
    else { return nil }
    return (plain, steerable)
  }

  private func resultPlots(_ results: RadioGalaxyResults) throws -> [Picture] {
    [
      try draw(
        OverlapPlots.errors(results.networks), "misclassified", "Result",
        "Misclassified test sources of each class: means over runs with their standard deviation.")
    ]
  }

  private func learningPlots() throws -> [Picture] {
    let section = "Training"
    var pictures: [Picture] = []
    let families = ["c": "C_N", "d": "D_N"]
    for (network, curves) in zip(study.networks, curves) {
      for (seed, curve) in curves.enumerated() {
        let url = try study.directory(network, seed: seed).url
        let title = "\(network.label), seed \(seed)"
        for (drawing, name) in [
          (LearningPlots.loss(curve, title: title), "loss"), (LearningPlots.error(curve, title: title), "error"),
        ] {
          for ending in ["png", "svg"] { try drawing.write(to: url.appending(path: "\(name).\(ending)")) }
        }
      }
      pictures.append(
        try draw(
          LearningPlots.losses(curves, title: "\(network.label): loss over \(curves.count) runs"),
          "loss_\(network.name)", section, "\(network.label): mean and standard deviation of the losses over runs."))
    }
    func groups(_ chosen: (RadioGalaxyNetwork) -> Bool) -> [LearningPlots.Group] {
      zip(study.networks, curves).filter { chosen($0.0) }.map { LearningPlots.Group($0.label, $1) }
    }
    for (letter, name) in families.sorted(by: { $0.key < $1.key }) {
      let kind: RadioGalaxyModelConfiguration.Kind = letter == "c" ? .cnSteerableLeNet : .dnSteerableLeNet
      let compared = groups { $0.isAugmented && ($0.model.kind == kind || $0.model.kind == .vanillaLeNet) }
      guard compared.count > 1 else { continue }
      pictures.append(
        try draw(
          LearningPlots.validationLosses(compared, window: window, title: "Validation loss: {e} and \(name)"),
          "validation_loss_\(letter)n", section, "Validation loss of {e} and \(name)."))
      pictures.append(
        try draw(
          LearningPlots.validationErrors(compared, window: window, title: "Validation error: {e} and \(name)"),
          "validation_error_\(letter)n", section, "Validation error of {e} and \(name)."))
    }
    pictures += try specialPlots()
    return pictures
  }

  /// Plots that need more networks: several orders, training without rotation, a group in the first layer only.
  private func specialPlots() throws -> [Picture] {
    let section = "Training"
    var pictures: [Picture] = []
    func family(_ kind: RadioGalaxyModelConfiguration.Kind) -> [Int: [LearningCurve]] {
      zip(study.networks, curves).filter { $0.0.model.kind == kind && $0.0.isAugmented }
        .reduce(into: [:]) { $0[$1.0.model.rotations] = $1.1 }
    }
    let cyclic = family(.cnSteerableLeNet)
    let dihedral = family(.dnSteerableLeNet)
    if Set(cyclic.keys).union(dihedral.keys).count > 1 {
      let plain = pair.map { curves[$0.plain] } ?? []
      let families = [("C_N", cyclic), ("D_N", dihedral)].filter { !$0.1.isEmpty }
      pictures.append(
        try draw(
          LearningPlots.errorAgainstOrder(
            families: families.map { (name: $0.0, orders: $0.1) }, plain: plain, window: window),
          "error_against_order", section,
          "Validation error of the last \(window) epochs against the number of rotations, over all runs."))
    }
    let upright = zip(study.networks, curves).filter { !$0.0.isAugmented }
    if !upright.isEmpty {
      let augmented = zip(study.networks, curves).filter { network, _ in
        network.isAugmented && upright.contains { $0.0.model == network.model }
      }
      let groups =
        augmented.map { LearningPlots.Group($0.label, $1) }
        + upright.map { LearningPlots.Group($0.label, $1, isDotted: true) }
      pictures.append(
        try draw(
          LearningPlots.validationLosses(
            groups, window: max(1, min(20, study.epochs / 4)), title: "With and without rotation of the training images"
          ),
          "validation_loss_without_rotation", section,
          "Validation loss with random rotation of the training images (bands) and without (dotted)."))
    }
    if let restricted = index({ $0.model.kind == .dnRestrictedLeNet }) {
      let rotations = study.networks[restricted].model.rotations
      let chosen = zip(study.networks, curves).filter { network, _ in
        network.isAugmented
          && (network.model.kind == .vanillaLeNet || network.model.rotations == rotations)
          && network.model.kind != .cnSteerableLeNet && network.model.kind != .hmtNet
      }
      pictures.append(
        try draw(
          LearningPlots.validationLosses(
            chosen.map { LearningPlots.Group($0.label, $1) }, window: window, title: "Restriction after the first layer"
          ),
          "validation_loss_restricted", section,
          "Validation loss of {e}, of D\(rotations), and of D\(rotations) in the first layer only."))
    }
    return pictures
  }

  private func overlapPlots() throws -> [Picture] {
    let section = "Confidence while sources turn"
    var pictures: [Picture] = []
    for (network, table) in zip(study.networks, tables) {
      pictures.append(
        try draw(
          OverlapPlots.histogram(
            table, classNames: data.test.classNames, title: "\(network.label): overlap of the answers"),
          "overlap_histogram_\(network.name)", section,
          "\(network.label): the mean overlap index of each test source (seed 0)."))
    }
    guard let pair else { return pictures }
    let (first, second) = (study.networks[pair.plain], study.networks[pair.steerable])
    pictures.append(
      try draw(
        OverlapPlots.scatter([(first.label, tables[pair.plain]), (second.label, tables[pair.steerable])]),
        "overlap_scatter", section,
        "Mean overlap of each test source and its deviation over the angles (seed 0): the lower, the steadier."))
    let comparison = try OverlapComparison(tables[pair.plain], tables[pair.steerable])
    try write(comparison, to: study.folder.url.appending(path: "overlap_comparison.json"))
    for reversed in [false, true] {
      let (stabler, other) = reversed ? (first.label, second.label) : (second.label, first.label)
      pictures.append(
        try draw(
          RankedSources.grid(
            comparison, dataset: data.test, labels: (first.label, second.label), reversed: reversed),
          reversed ? "ranked_reversed" : "ranked", section,
          "The five test sources that \(stabler) answers most steadily beside \(other), with both predictions (seed 0); the "
            + "circle has a radius of 25 pixels or fits the crop."))
    }
    return pictures
  }

  /// The figures of one source for the plain and the steerable network, and the densities behind one overlap.
  private func rotationFigures() throws -> [Picture]? {
    let section = "Confidence while sources turn"
    var pictures: [Picture] = []
    let chosen = pair.map { [$0.plain, $0.steerable] } ?? [0]
    // The source that the first of them is least steady about.
    let source =
      tables[chosen[0]].rows.indices.max {
        tables[chosen[0]].rows[$0].overlapDeviation < tables[chosen[0]].rows[$1].overlapDeviation
      } ?? 0
    for (position, network) in chosen.map({ study.networks[$0] }).enumerated() {
      let experiment = try study.experiment(network, seed: 0)
      let model = try experiment.makeModel()
      try study.directory(network, seed: 0).loadWeights(into: model)
      let test = RotationTest()
      let image = data.test.subset([source])
      guard
        let result = try test.run(
          model, on: image, normalization: experiment.configuration.data.statistics, shouldStop: shouldStop)
      else { return nil }
      let figure = result.figure(of: 0, dataset: image)
      pictures.append(
        try draw(
          figure, "rotation_test_\(network.name)", section,
          "\(network.label): the answers of 100 random passes for test source \(source) at each angle (seed 0)."))
      guard position == 0 else { continue }
      let worst =
        result.sources[0].overlaps.indices.max { result.sources[0].overlaps[$0] < result.sources[0].overlaps[$1] } ?? 0
      let samples = result.sources[0].samples[worst]
      pictures.append(
        try draw(
          OverlapPlots.densities(samples[0], samples[1], names: result.classNames), "overlap_densities", section,
          "The overlap index of these answers at \(Int(result.degrees[worst]))°: the area under both densities."))
    }
    return pictures
  }

  /// A real source turns under a steerable network and under an ordinary one.
  private func animations() throws -> [Picture]? {
    let section = "A source turns"
    // The test image of the published animation, if there are as many.
    let index = min(25, data.test.count - 1)
    let image = data.test.image(index)
    let shape = data.test.imageShape
    let side = min(shape.height, 101)
    let cropped = ScalarField.centralSquare(image, shape: shape, side: side)
    var pictures = [
      try draw(
        SourcePanel(
          ["test source \(index), \(data.test.classNames[data.test.labels[index]])"], image: data.test.field(index),
          side: 240),
        "source_\(index)", section, "The test source of the animations.")
    ]
    for (order, title) in [(16, "C16"), (1, "plain")] {
      for content in [FieldAnimation.Content.mixed, .scalar] {
        if shouldStop() { return nil }
        let animation = FieldAnimation(
          image: cropped, side: side, order: order, content: content, maskMargin: 5, frames: 36
        ).render()
        let gif = try animation.write(
          to: folder.appending(path: "turning_\(title.lowercased())_\(content.rawValue).gif"))
        let fields = content == .mixed ? "a scalar and a vector field" : "a scalar field"
        pictures.append(
          Picture(
            section: section, data: gif, mediaType: "image/gif",
            caption: order == 1
              ? "An untrained plain network of the same size, \(fields): turned back, it changes."
              : "An untrained \(title) network, \(fields): turned back, it stands nearly still."))
      }
    }
    return pictures
  }
}

extension ScalarField {
  /// The values of the square in the middle of an image.
  fileprivate static func centralSquare(_ values: [Float], shape: ImageShape, side: Int) -> [Float] {
    let (top, left) = ((shape.height - side) / 2, (shape.width - side) / 2)
    return (0..<side).flatMap { row in
      (0..<side).map { column in values[(top + row) * shape.width + left + column] }
    }
  }
}
