import Datasets
import EquivariantLayers
import Foundation
import Layers
import Symmetry
import Tensors
import Training

/// A network in float64 with every kind of layer that takes the statistics of a batch, and with dropout.
final class StatisticsNet: Module, Classifier {
  let regular: R2Conv
  let inner: InnerBatchNorm
  let toIrreps: R2Conv
  let mixed: GNormBatchNorm
  let fieldwise: IIDBatchNorm2D
  let toVectors: R2Conv
  let norms: NormBatchNorm
  let plain: Conv2D
  let norm: BatchNorm2D
  let head: Linear
  let normOfHead: BatchNorm1D
  let dropout: Dropout
  private let image: FieldType

  init(seed: UInt64 = 5) {
    var rng = Generator(seed: seed)
    let space = GSpace.rotations(4)
    image = FieldType(space, 1 * space.trivial)
    let hidden = FieldType(space, 2 * space.regular)
    let irreps = FieldType(space, 2 * space.trivial + 2 * space.irrep(1))
    let vectors = FieldType(space, 3 * space.irrep(1))
    regular = R2Conv(from: image, to: hidden, kernelSize: 3, padding: 1, rng: &rng)
    inner = InnerBatchNorm(hidden)
    toIrreps = R2Conv(from: hidden, to: irreps, kernelSize: 3, padding: 1, rng: &rng)
    mixed = GNormBatchNorm(irreps)
    fieldwise = IIDBatchNorm2D(irreps)
    toVectors = R2Conv(from: irreps, to: vectors, kernelSize: 3, padding: 1, rng: &rng)
    norms = NormBatchNorm(vectors)
    plain = Conv2D(from: 6, to: 5, kernelSize: 3, rng: &rng)
    norm = BatchNorm2D(5)
    head = Linear(from: 5, to: 2, rng: &rng)
    normOfHead = BatchNorm1D(2)
    dropout = Dropout(probability: 0.2, rng: &rng)
    super.init()
    to(.float64)
  }

  func callAsFunction(_ images: Tensor) -> Tensor {
    Recomputation.block(of: [self], [images]) { [self] in logits($0[0]) }
  }

  private func logits(_ images: Tensor) -> Tensor {
    var x = inner(regular(GeometricTensor(images.to(.float64), image)))
    x = GeometricTensor(x.tensor.relu(), x.type)
    x = norms(toVectors(fieldwise(mixed(toIrreps(x)))))
    let y = dropout(norm(plain(x.tensor)).relu().mean(along: [2, 3]))
    return normOfHead(head(y))
  }
}

/// One training of some processes, as each of them is told about it.
struct SharedTraining: Codable, Sendable {
  var size = 2
  var port = 0
  /// Where each process leaves its record, and the run lies.
  var folder: String
  var images = 39
  var accumulate = 1
  var recompute = false
  var epochs = 2
  /// Whether there is a folder of the run, which is resumed if it has a checkpoint.
  var writes = false
  /// The step at which the last process asks for a stop.
  var stopAt: Int?
  /// Whether the network is in float32, with the training in it.
  var isSingle = false

  /// What a process has seen.
  struct Record: Codable {
    var losses: [Double] = []
    var validationLosses: [Double] = []
    var weights: [String: [Double]] = [:]
    var reason: TrainingResult.Reason
    var steps: Int
  }

  /// Trains as the process `rank`, or alone.
  @discardableResult
  func run(rank: Int) throws -> Record {
    var team: TrainingTeam?
    if size > 1 {
      let environment = try DistributedEnvironment(variables: [
        "RANK": "\(rank)", "WORLD_SIZE": "\(size)", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
        "STEERABLE_TIMEOUT": "60",
      ])
      team = try environment.map { try TrainingTeam($0) }
    }
    return try isSingle ? train(StripeNet(seed: 3), rank, team) : train(StatisticsNet(), rank, team)
  }

  private func train<Model: Predictor>(_ model: Model, _ rank: Int, _ team: TrainingTeam?) throws -> Record {
    let stop = StopSignal()
    var record = Record(reason: .completed, steps: 0)
    let observer = EventHandler { event in
      if case .step(let report) = event {
        record.losses.append(report.loss)
        if report.step == stopAt, rank == size - 1 { stop.request() }
      }
      if case .epoch(let report) = event, let loss = report.validationLoss { record.validationLosses.append(loss) }
    }
    let training = try stripes(images, seed: 1)
    let trainer = Trainer(
      model: model,
      configuration: TrainingConfiguration(
        epochs: epochs, batchSize: 16, accumulate: accumulate, recompute: recompute,
        // Adam would make steps of rounding errors where a bias before a batch norm has no gradient.
        optimizer: OptimizerOptions(kind: .sgd, learningRate: 0.05, weightDecay: 0.01, momentum: 0.9), gradientClip: 1,
        augmentation: AugmentationOptions(rotation: 10, flips: true, crop: 1), averageDecay: 0.9, threads: 1),
      seed: 8, normalization: training.statistics, output: OutputConfiguration(logEvery: 1), stop: stop, team: team,
      observers: [observer])
    let path = "\(folder)/run"
    let run = writes ? try RunDirectory.prepare(at: path, resume: FileManager.default.fileExists(atPath: path)) : nil
    let result = try trainer.fit(training, validation: stripes(21, seed: 2), run: run)
    record.reason = result.reason
    record.steps = result.steps
    for (key, value) in model.stateDict() { record.weights[key] = value.to(.float64).scalars() }
    try JSONEncoder().encode(record).write(to: URL(fileURLWithPath: "\(folder)/\(rank).json"))
    return record
  }

  /// What the process `rank` has left.
  func record(rank: Int) throws -> Record {
    try JSONDecoder().decode(Record.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(rank).json")))
  }
}
