internal import Datasets
internal import Foundation
internal import Layers
internal import Logging
internal import Optimizers
internal import Tensors

/// One call of `Trainer.fit`: the loop with everything that changes in it.
final class TrainingSession<Model: Predictor> {
  let trainer: Trainer<Model>
  let validation: (any PredictionImages)?
  let run: RunDirectory?
  let identity: CheckpointIdentity
  var state: TrainingState
  var optimizer: any Optimizer
  var average: ExponentialMovingAverage?
  var recorder: TrainingRecorder?

  private let loader: PrefetchingLoader
  private let objective: PredictionObjective
  private let isContinued: Bool
  /// The path of the last state that was saved, by this process or the one before.
  private var savedPath: String?
  private var bestWeights: StateDict?
  private var beginning: Double
  private var earlierSeconds = 0.0
  private var epochBeginning: Double
  private var earlierEpochSeconds = 0.0
  /// What all processes of a team know of the leader's clock and of anyone's wish to stop; nil without a team.
  private var agreed: (seconds: Double, isStopRequested: Bool)?

  var model: Model { trainer.model }
  var options: TrainingConfiguration { trainer.configuration }
  var team: TrainingTeam? { trainer.team }
  /// Whether this process writes the files.
  private var isWriter: Bool { team?.isLeader ?? true }

  /// Prepares the training, and restores the last checkpoint of a resumed run.
  init(
    _ trainer: Trainer<Model>, training: any PredictionImages, validation: (any PredictionImages)?, run: RunDirectory?
  ) throws(TrainingError) {
    self.trainer = trainer
    self.validation = validation
    self.run = run
    let options = trainer.configuration
    objective = PredictionObjective(training.task, options: options)
    let batches = Batches(
      count: training.count, batchSize: options.batchSize, isShuffled: options.shuffle, dropsLast: options.dropLast,
      seed: trainer.seed)
    loader = PrefetchingLoader(
      training, batches: batches, augmentation: options.augmentation.augmentation(normalization: trainer.normalization),
      normalization: trainer.normalization,
      division: BatchDivision(
        parts: options.accumulate, rank: trainer.team?.rank ?? 0, ranks: trainer.team?.size ?? 1))
    optimizer = options.optimizer.optimizer(for: trainer.model)
    if let decay = options.averageDecay {
      average = ExponentialMovingAverage(trainer.model.parameters, decay: decay)
    }
    state = TrainingState(
      position: batches.position,
      schedule: RateSchedule(
        options.schedule, rate: options.optimizer.learningRate, epochs: options.epochs,
        stepsPerEpoch: batches.batchesPerEpoch))
    var identity = CheckpointIdentity(trainer.settings)
    identity.settings["images of \(training.name)"] =
      "\(training.count) with checksum \(training.targetsChecksum)"
    self.identity = identity
    let now = trainer.clock.seconds
    beginning = now
    epochBeginning = now

    guard let run, run.isResumed, FileManager.default.fileExists(atPath: run.lastCheckpoint.path) else {
      isContinued = false
      return
    }
    isContinued = true
    do {
      try restore(try Checkpoint.read(from: run.lastCheckpoint))
    } catch {
      throw .checkpoint(error)
    }
    savedPath = run.lastCheckpoint.path
  }

  /// Puts a checkpoint's state into everything that has one; nothing is changed if any part does not fit.
  private func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let path = checkpoint.path
    guard let theirs = checkpoint.header.identity, let saved = checkpoint.header.state else {
      throw CheckpointError(path: path, problem: "was not written by a trainer and cannot be resumed from")
    }
    if let difference = theirs.difference(from: identity) {
      throw CheckpointError(path: path, problem: "belongs to another configuration: \(difference)")
    }
    do {
      try loader.restore(saved.position)
    } catch {
      throw CheckpointError(path: path, problem: "\(error)")
    }
    do {
      try average?.load(checkpoint.average ?? StateDict(), updateCount: saved.step)
    } catch {
      throw CheckpointError(path: path, problem: "does not fit the averaged weights: \(error)")
    }
    try checkpoint.restore(model: model, optimizer: &optimizer)
    state = saved
    earlierSeconds = saved.seconds
    earlierEpochSeconds = saved.totals.seconds
  }

  // MARK: - The loop

  func train() throws(TrainingError) -> TrainingResult {
    if let team {
      // After this, every process has read what it needs from the folder, and the leader may write.
      try team.check(identity, step: state.step)
      try team.spread(model)
    }
    if let run, isWriter {
      do {
        try run.create(
          manifest: RunManifest(name: trainer.name, seed: trainer.seed, processes: team?.size),
          configuration: trainer.settings.yaml)
        recorder = try TrainingRecorder(run, options: trainer.output, state: isContinued ? state : nil)
        if !isContinued { try save(run.lastCheckpoint) }
      } catch {
        recorder?.close()
        if !isContinued { run.discard() }
        throw error
      }
    }
    defer { recorder?.close() }
    let steps = loader.batchesPerEpoch
    trainer.notify(
      .started(
        TrainingPlan(
          epochs: options.epochs, seconds: options.minutes.map { $0 * 60 }, stepsPerEpoch: steps,
          images: loader.dataset.count, completedSteps: state.step)))
    trainer.logger.info(
      "training begins", metadata: ["step": "\(state.step)", "stepsPerEpoch": "\(steps)", "resumed": "\(isContinued)"])
    while state.ended == nil {
      try agree()
      guard !isStopRequested, try epoch() else { return finished(.interrupted) }
    }
    try keepWeights()
    return finished(state.ended ?? .completed)
  }

  /// Goes through the rest of an epoch; returns false, with the state saved, if a stop was asked for.
  private func epoch() throws(TrainingError) -> Bool {
    model.train()
    epochBeginning = trainer.clock.seconds
    var timeIsUp = isTimeUp && state.step > 0
    while !timeIsUp, let batch = loader.next() {
      try step(batch)
      state.position = loader.position
      timeIsUp = isTimeUp
      if timeIsUp { break }
      if isStopRequested {
        try saveLast()
        return false
      }
      if let interval = options.checkpointEvery, state.step % interval == 0 { try saveLast() }
    }
    if !timeIsUp { state.position = loader.position }
    try endEpoch(timeIsUp: timeIsUp)
    return true
  }

  private func step(_ batch: LoadedBatch) throws(TrainingError) {
    state.learningRate = state.schedule.rate(elapsed: elapsedShare)
    optimizer.learningRate = state.learningRate
    optimizer.zeroGradients()
    var (value, correct) = (0.0, Int?.none)
    for part in batch.parts {
      let result = try pass(part)
      value += result.loss
      correct = result.correct.map { (correct ?? 0) + $0 }
    }
    if team != nil {
      let sums = try agree([value, Double(correct ?? 0)])
      value = sums[0]
      correct = correct.map { _ in Int(sums[1]) }
    }
    guard value.isFinite else {
      throw .nonFiniteLoss(value: value, epoch: batch.epoch + 1, step: state.step + 1, checkpoint: savedPath)
    }
    try team?.sumGradients(of: optimizer.parameters)
    let norm = options.gradientClip.map { optimizer.clipGradients(norm: $0) } ?? gradientNorm(of: optimizer.parameters)
    if !norm.isFinite { try refuseNonFiniteGradients(epoch: batch.epoch + 1) }
    optimizer.step()
    average?.update()
    state.schedule.advance()
    state.step += 1
    state.totals.add(loss: value, correct: correct, images: batch.total)
    let report = StepReport(
      epoch: batch.epoch + 1, stepInEpoch: batch.batch + 1, step: state.step, images: batch.total, loss: value,
      accuracy: correct.map { Double($0) / Double(batch.total) }, learningRate: state.learningRate,
      completed: completedShare)
    try recorder?.record(report)
    trainer.notify(.step(report))
  }

  /// Adds the gradients of a part of a batch; its loss counts by its share of the images.
  private func pass(_ part: LoadedBatch) throws(TrainingError) -> (loss: Double, correct: Int?) {
    let piece = part.pieces[0]
    let images = piece.images.lowerBound - piece.part.lowerBound..<piece.images.upperBound - piece.part.lowerBound
    return try withBatchShare(images, of: piece.part.count, in: team?.group) { () throws(TrainingError) in
      try passAlone(part)
    }
  }

  private func passAlone(_ part: LoadedBatch) throws(TrainingError) -> (loss: Double, correct: Int?) {
    let images = part.images(on: trainer.device)
    var outputs = withAutocast(enabled: options.precision == .bfloat16) {
      withRecomputation(enabled: options.recompute) { model(images) }
    }
    if outputs.dtype != .float64 { outputs = outputs.to(.float32) }
    if let problem = objective.problem(with: outputs.shape, images: part.count) { throw .data(problem) }
    var loss = objective.loss(outputs, part, on: trainer.device)
    if let penalty = (model as? any TrainingObjective)?.penalty { loss = loss + penalty }
    if part.count < part.total { loss = loss * (Double(part.count) / Double(part.total)) }
    loss.backward()
    return (loss.item(), objective.correct(outputs, part))
  }

  /// Ends the training before a step that would spoil the weights; a norm that only overflowed is no reason.
  private func refuseNonFiniteGradients(epoch: Int) throws(TrainingError) {
    for named in optimizer.parameters {
      guard let gradient = named.parameter.grad, !gradient.isAllFinite else { continue }
      throw .nonFiniteGradient(key: named.key, epoch: epoch, step: state.step + 1, checkpoint: savedPath)
    }
  }

  private func endEpoch(timeIsUp: Bool) throws(TrainingError) {
    if timeIsUp, state.totals.images == 0, validation == nil || state.bestMetric != nil {
      // The time ran out between two epochs; there is nothing to report.
      state.ended = .completed
      try recorder?.record(state.result(.completed, seconds: secondsSoFar))
      return try saveLast()
    }
    let isLast = timeIsUp || options.epochs.map { state.epochs >= $0 } ?? false
    let epoch = timeIsUp && state.position.batch > 0 ? state.epochs + 1 : max(1, state.epochs)
    let result = try isLast || epoch % options.evaluateEvery == 0 ? evaluate() : nil
    var isBest = false
    if let result {
      let stopping = options.earlyStopping
      let metric = stopping?.metric ?? objective.defaultMetric
      let value = metric == .accuracy ? result.accuracy ?? 0 : result.loss
      isBest = metric.isImprovement(value, over: state.bestMetric, by: stopping?.minimumChange ?? 0)
      if isBest {
        state.bestMetric = value
        state.bestEpoch = epoch
        state.evaluationsSinceBest = 0
      } else {
        state.evaluationsSinceBest += 1
      }
    }
    if let loss = result?.loss ?? (validation == nil ? state.totals.meanLoss : nil) {
      state.schedule.observe(loss: loss)
    }
    let report = EpochReport(
      epoch: epoch, step: state.step, trainingLoss: state.totals.meanLoss,
      trainingAccuracy: objective.defaultMetric == .accuracy ? state.totals.accuracy : nil,
      validationLoss: result?.loss, validationAccuracy: result?.accuracy, isBest: isBest,
      learningRate: state.learningRate, seconds: earlierEpochSeconds + trainer.clock.seconds - epochBeginning)
    earlierEpochSeconds = 0
    epochBeginning = trainer.clock.seconds
    state.totals = EpochTotals()
    state.lastEpoch = report
    if isLast {
      state.ended = .completed
    } else if let patience = options.earlyStopping?.patience, state.evaluationsSinceBest >= patience {
      state.ended = .stoppedEarly
    }
    try recorder?.record(report, model: model)
    trainer.notify(.epoch(report))
    if let reason = state.ended { try recorder?.record(state.result(reason, seconds: secondsSoFar)) }
    if isBest {
      if let run { try save(run.bestCheckpoint) }
      if run == nil, options.keep == .best { bestWeights = averaged { model.stateDict() } }
    }
    try saveLast()
  }

  /// Runs `body` while the model holds the averaged weights, if there are any.
  func averaged<Result>(_ body: () -> Result) -> Result { average?.withAverages(body) ?? body() }

  /// Leaves the kept weights in the model and in the folder of the run.
  private func keepWeights() throws(TrainingError) {
    // The best state must be on disk before others read it.
    try team?.wait()
    switch options.keep {
    case .last: average?.apply()
    // No evaluation gave a number: there is no best state to return to.
    case .best where state.bestEpoch == nil: average?.apply()
    case .best:
      do {
        if let run {
          try Weights.load(from: run.bestCheckpoint, into: model)
        } else if let bestWeights {
          try model.load(bestWeights)
        }
      } catch let error as CheckpointError {
        throw .checkpoint(error)
      } catch {
        throw .data("\(error)")
      }
    }
    model.eval()
    guard let run, isWriter else { return }
    let epoch = options.keep == .best ? state.bestEpoch ?? state.epochs : state.epochs
    try Weights.write(model, metadata: ["name": trainer.name, "epoch": "\(epoch)"], to: run.weights)
  }

  private func finished(_ reason: TrainingResult.Reason) -> TrainingResult {
    let result = state.result(reason, seconds: secondsSoFar)
    trainer.notify(.finished(result))
    trainer.logger.info("training ends", metadata: ["reason": "\(reason.rawValue)", "step": "\(state.step)"])
    return result
  }

  // MARK: - Saving

  private func saveLast() throws(TrainingError) {
    if let run { try save(run.lastCheckpoint) }
  }

  private func save(_ url: URL) throws(TrainingError) {
    for (key, tensor) in model.stateDict(copying: false) where tensor.dtype.isFloatingPoint && !tensor.isAllFinite {
      throw .nonFiniteWeight(key: key, step: state.step, checkpoint: savedPath)
    }
    guard isWriter else { return }
    var checkpoint = Checkpoint(model: model, optimizer: optimizer, step: state.step)
    state.seconds = secondsSoFar
    state.totals.seconds = state.totals.images == 0 ? 0 : earlierEpochSeconds + trainer.clock.seconds - epochBeginning
    state.metricsLength = recorder?.metricsLength ?? 0
    state.eventsLength = recorder?.eventsLength
    state.tableLength = recorder?.tableLength
    checkpoint.average = average?.stateDict
    checkpoint.header.identity = identity
    checkpoint.header.state = state
    try checkpoint.write(to: url)
    savedPath = url.path
    trainer.logger.debug("checkpoint written", metadata: ["path": "\(url.path)", "step": "\(state.step)"])
    trainer.notify(.checkpoint(path: url.path, step: state.step))
  }

  // MARK: - Time and wishes to stop

  /// Adds up numbers over the processes of a team, and lets all know of the leader's clock and of any wish to stop.
  ///
  /// Whoever decides by the clock or the signal of its own would leave the others waiting.
  @discardableResult
  private func agree(_ values: [Double] = []) throws(TrainingError) -> [Double] {
    guard let team else { return values }
    let sums = try team.sum([team.isLeader ? secondsSoFar : 0, trainer.stop.isRequested ? 1 : 0] + values)
    agreed = (sums[0], sums[1] > 0)
    return Array(sums.dropFirst(2))
  }

  private var isStopRequested: Bool { agreed?.isStopRequested ?? trainer.stop.isRequested }

  private var secondsSoFar: Double { earlierSeconds + trainer.clock.seconds - beginning }

  /// The seconds to decide by.
  private var seconds: Double { agreed?.seconds ?? secondsSoFar }

  private var isTimeUp: Bool { options.minutes.map { seconds >= $0 * 60 } ?? false }

  private var elapsedShare: Double { options.minutes.map { min(1, seconds / ($0 * 60)) } ?? 0 }

  private var completedShare: Double {
    guard let epochs = options.epochs else { return elapsedShare }
    return Double(state.step) / Double(max(1, epochs * loader.batchesPerEpoch))
  }
}
