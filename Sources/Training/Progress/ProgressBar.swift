internal import Foundation

/// Shows the state of a training on the standard error stream.
///
/// In a terminal one line is redrawn, at most ten times a second; elsewhere whole lines are written, one for each epoch
/// and one every half minute within long epochs.
public final class ProgressBar: TrainingObserver {
  private let terminal: Terminal
  private let clock: TrainingClock
  private let write: (String) -> Void
  private var plan: TrainingPlan?
  private var startTime = 0.0
  private var startCompleted: Double?
  private var lastDrawn = -Double.infinity
  private var lineIsDrawn = false
  private var rateWindow: [(seconds: Double, images: Int)] = []
  private var smoothedLoss: Double?

  /// Creates a bar.
  ///
  /// - Parameters:
  ///   - terminal: what the stream can show.
  ///   - clock: the source of time.
  ///   - write: receives the text; the default writes to the standard error stream.
  public init(
    terminal: Terminal = .standardError(), clock: TrainingClock = .system,
    write: @escaping (String) -> Void = Terminal.writeToStandardError
  ) {
    self.terminal = terminal
    self.clock = clock
    self.write = write
  }

  /// Redraws the line or writes a new one.
  public func receive(_ event: TrainingEvent) {
    switch event {
    case .started(let plan):
      self.plan = plan
      startTime = clock.seconds
      startCompleted = nil
      lastDrawn = startTime
      rateWindow = [(startTime, 0)]
    case .step(let report): step(report)
    case .epoch(let report): line(summary(report))
    case .checkpoint: break
    case .finished(let result): finish(result)
    }
  }

  // MARK: - Parts

  private func step(_ report: StepReport) {
    let now = clock.seconds
    smoothedLoss = smoothedLoss.map { 0.95 * $0 + 0.05 * report.loss } ?? report.loss
    rateWindow.append((now, report.images))
    // The first entry marks the beginning of the window; its images came before.
    while rateWindow.count > 2, now - rateWindow[1].seconds > 5 { rateWindow.removeFirst() }
    if startCompleted == nil, let plan, let epochs = plan.epochs {
      startCompleted = Double(plan.completedSteps) / Double(max(1, epochs * plan.stepsPerEpoch))
    }
    guard now - lastDrawn >= (terminal.isInteractive ? 0.1 : 30) else { return }
    lastDrawn = now
    let text = state(report, now: now)
    if terminal.isInteractive {
      write("\r\(text)\u{1B}[K")
      lineIsDrawn = true
    } else {
      write(text + "\n")
    }
  }

  private func state(_ report: StepReport, now: Double) -> String {
    var parts = ["\(percent(report.completed))", "loss \(loss(smoothedLoss ?? report.loss))"]
    if let rate = imagesPerSecond { parts.append("\(grouped(rate)) images/s") }
    if let left = secondsLeft(report.completed, now: now) { parts.append("\(Self.duration(left)) left") }
    let epoch = epochLabel(report.epoch)
    guard terminal.isInteractive else { return ([epoch] + parts).joined(separator: ", ") }
    let tail = parts.joined(separator: "  ")
    let room = terminal.width - 1 - epoch.count - tail.count - 4
    guard room >= 8 else { return String("\(epoch)  \(tail)".prefix(max(1, terminal.width - 1))) }
    return "\(epoch)  \(bar(report.completed, width: min(40, room)))  \(tail)"
  }

  private func bar(_ completed: Double, width: Int) -> String {
    let (done, rest) = terminal.bar(completed, width: width)
    return terminal.usesColor ? "\u{1B}[32m\(done)\u{1B}[2;39m\(rest)\u{1B}[0m" : done + rest
  }

  private var imagesPerSecond: Double? {
    guard let first = rateWindow.first, let last = rateWindow.last, last.seconds > first.seconds else { return nil }
    return Double(rateWindow.dropFirst().reduce(0) { $0 + $1.images }) / (last.seconds - first.seconds)
  }

  private func secondsLeft(_ completed: Double, now: Double) -> Double? {
    if let seconds = plan?.seconds { return max(0, seconds * (1 - completed)) }
    let done = completed - (startCompleted ?? 0)
    guard done > 0 else { return nil }
    return (now - startTime) / done * max(0, 1 - completed)
  }

  private func summary(_ report: EpochReport) -> String {
    var text = "\(epochLabel(report.epoch)): loss \(self.loss(report.trainingLoss))"
    if let accuracy = report.trainingAccuracy { text += ", accuracy \(percentage(accuracy))" }
    if let loss = report.validationLoss {
      text += "; validation loss \(self.loss(loss))"
      if let accuracy = report.validationAccuracy { text += ", accuracy \(percentage(accuracy))" }
      if report.isBest { text += " (best)" }
    }
    return text + "; \(Self.duration(report.seconds))"
  }

  private func finish(_ result: TrainingResult) {
    let time = Self.duration(result.seconds)
    switch result.reason {
    case .completed: line("trained \(result.steps) steps in \(time)")
    case .stoppedEarly: line("stopped early after \(result.steps) steps in \(time): no more improvement")
    case .interrupted: line("interrupted after \(result.steps) steps; the state is saved")
    }
  }

  private func line(_ text: String) {
    write((lineIsDrawn ? "\r\u{1B}[K" : "") + text + "\n")
    lineIsDrawn = false
  }

  private func epochLabel(_ epoch: Int) -> String {
    guard let epochs = plan?.epochs else { return "epoch \(epoch)" }
    let digits = String(epochs).count
    let number = String(epoch)
    return "epoch " + String(repeating: " ", count: max(0, digits - number.count)) + "\(number)/\(epochs)"
  }

  // MARK: - Numbers

  private func percent(_ value: Double) -> String {
    let text = "\(Int((min(1, max(0, value)) * 100).rounded(.down)))%"
    return String(repeating: " ", count: max(0, 4 - text.count)) + text
  }

  private func percentage(_ value: Double) -> String { "\(decimals(value * 100, 2)) %" }

  /// Four decimals; squared errors may be so small that nothing would be left, so they get digits instead.
  private func loss(_ value: Double) -> String {
    value.magnitude >= 0.01 || value == 0 ? decimals(value, 4) : String(format: "%.3g", value)
  }

  private func decimals(_ value: Double, _ count: Int) -> String { String(format: "%.\(count)f", value) }

  private func grouped(_ value: Double) -> String {
    guard value >= 10 else { return decimals(value, 1) }
    var digits = Array(String(Int(min(value, 1e15))))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return String(digits)
  }

  /// Seconds as `0:42`, `12:05` or `1:02:03`.
  static func duration(_ seconds: Double) -> String {
    let total = Int(min(max(0, seconds), 1e9).rounded())
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }
}
