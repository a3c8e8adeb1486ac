import Foundation
import Synchronization
import Training

/// A bar on the standard error stream for work in equal pieces, on any thread.
///
/// In a terminal one line is redrawn, at most ten times a second; elsewhere a line is written every half minute.
final class WorkProgress: Sendable {
  private let total: Int
  private let unit: String
  private let terminal = Terminal.standardError()
  private let start = ContinuousClock().now
  private let lastDrawn = Mutex(0.0)

  init(total: Int, unit: String) {
    self.total = total
    self.unit = unit
  }

  /// Shows how many pieces are done.
  func update(_ done: Int) {
    let seconds = seconds
    let isDue = lastDrawn.withLock { last in
      guard seconds - last >= (terminal.isInteractive ? 0.1 : 30) else { return false }
      last = seconds
      return true
    }
    guard isDue else { return }
    let rate = Double(done) / seconds
    let left = Double(total - done) / max(rate, 1e-9)
    let text = String(
      format: "%3d%%  %d/%d %@  %.1f %@/s  %.0f s left", 100 * done / total, done, total, unit, rate, unit, left)
    Terminal.writeToStandardError(terminal.isInteractive ? "\r\(bar(done))\(text)\u{1B}[K" : text + "\n")
  }

  /// Clears the line.
  func finish() {
    if terminal.isInteractive { Terminal.writeToStandardError("\r\u{1B}[K") }
  }

  private var seconds: Double { (ContinuousClock().now - start) / .seconds(1) }

  private func bar(_ done: Int) -> String {
    let width = min(40, terminal.width - 60)
    guard width >= 8 else { return "" }
    let bar = terminal.bar(Double(done) / Double(total), width: width)
    return bar.done + bar.rest + "  "
  }
}
