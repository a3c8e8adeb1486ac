import Synchronization
import Testing
import Training

/// A clock that a test sets.
final class ManualClock: Sendable {
  private let time = Mutex(0.0)
  var now: Double {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
  var clock: TrainingClock { TrainingClock { self.now } }
}

private func step(_ step: Int, loss: Double, of total: Int = 20, images: Int = 64) -> TrainingEvent {
  .step(
    StepReport(
      epoch: (step - 1) / 10 + 1, stepInEpoch: (step - 1) % 10 + 1, step: step, images: images, loss: loss,
      accuracy: 0.5, learningRate: 0.1, completed: Double(step) / Double(total)))
}

private func plan(epochs: Int? = 2, seconds: Double? = nil, completed: Int = 0) -> TrainingEvent {
  .started(TrainingPlan(epochs: epochs, seconds: seconds, stepsPerEpoch: 10, images: 640, completedSteps: completed))
}

private let epoch = TrainingEvent.epoch(
  EpochReport(
    epoch: 1, step: 10, trainingLoss: 0.5, trainingAccuracy: 0.75, validationLoss: 0.25, validationAccuracy: 0.875,
    isBest: true, learningRate: 0.1, seconds: 62))

private func transcript(_ terminal: Terminal, _ events: [(Double, TrainingEvent)]) -> [String] {
  let clock = ManualClock()
  var texts: [String] = []
  let bar = ProgressBar(terminal: terminal, clock: clock.clock) { texts.append($0) }
  for (time, event) in events {
    clock.now = time
    bar.receive(event)
  }
  return texts
}

@Suite struct ProgressBarTests {
  @Test func terminalRedrawsOneLine() {
    let texts = transcript(
      Terminal(isInteractive: true, width: 80),
      [(0, plan()), (1, step(1, loss: 2)), (1.05, step(2, loss: 1)), (2, step(5, loss: 2)), (3, epoch)])
    #expect(
      texts == [
        "\repoch 1/2  ━\(String(repeating: "─", count: 24))    5%  loss 2.0000  64 images/s  0:19 left\u{1B}[K",
        texts.count > 1 ? texts[1] : "",
        "\r\u{1B}[Kepoch 1/2: loss 0.5000, accuracy 75.00 %; validation loss 0.2500, accuracy 87.50 % (best); 1:02\n",
      ])
    // The step at 1.05 s came too early to be drawn.
    #expect(texts.count == 3)
    #expect(texts[1].contains(" 25%") && texts[1].contains("96 images/s") && texts[1].contains("0:06 left"))
  }

  @Test(arguments: [10, 20, 40, 60, 80, 200])
  func lineFitsTheTerminal(width: Int) {
    let texts = transcript(Terminal(isInteractive: true, width: width), [(0, plan()), (1, step(10, loss: 2))])
    let visible = texts[0].replacing("\r", with: "").replacing("\u{1B}[K", with: "")
    #expect(visible.count < width)
    #expect(visible.hasPrefix("epoch 1/"))
  }

  @Test func pipeGetsWholeLines() {
    let texts = transcript(
      Terminal(isInteractive: false),
      [(0, plan()), (1, step(1, loss: 2)), (31, step(5, loss: 2)), (35, step(6, loss: 2)), (62, epoch)])
    #expect(
      texts == [
        "epoch 1/2,  25%, loss 2.0000, 2.1 images/s, 1:33 left\n",
        "epoch 1/2: loss 0.5000, accuracy 75.00 %; validation loss 0.2500, accuracy 87.50 % (best); 1:02\n",
      ])
    #expect(!texts.joined().contains("\u{1B}"))
  }

  @Test func colorAndUnicodeFollowTheTerminal() {
    let events = [(0.0, plan()), (1.0, step(10, loss: 2))]
    let colored = transcript(Terminal(isInteractive: true, width: 80, usesColor: true), events)
    #expect(colored[0].contains("\u{1B}[32m"))
    let ascii = transcript(Terminal(isInteractive: true, width: 80, usesUnicode: false), events)
    #expect(ascii[0].contains("=====-----") && ascii[0].utf8.allSatisfy { $0 < 128 })
  }

  @Test func resumedRunsEstimateFromTheirOwnStart() {
    let texts = transcript(
      Terminal(isInteractive: true, width: 80), [(100, plan(completed: 10)), (110, step(15, loss: 1))])
    #expect(texts[0].contains("0:10 left"))
  }

  @Test func timeLimitTellsTheTimeLeft() {
    let texts = transcript(
      Terminal(isInteractive: true, width: 80), [(0, plan(epochs: nil, seconds: 120)), (30, step(5, loss: 1))])
    #expect(texts[0].contains("epoch 1  ") && texts[0].contains("1:30 left"))
  }

  @Test func environmentDecides() {
    #expect(Terminal.standardError(environment: ["LANG": "en_US.UTF-8"]).usesUnicode)
    #expect(!Terminal.standardError(environment: ["LANG": "C"]).usesUnicode)
    #expect(!Terminal.standardError(environment: ["NO_COLOR": "1"]).usesColor)
    #expect(!Terminal.standardError(environment: ["TERM": "dumb"]).isInteractive)
  }
}
