public import Foundation

/// What the standard error stream can show.
public struct Terminal: Hashable, Sendable {
  /// Whether a person watches, rather than a file or a pipe.
  public var isInteractive: Bool
  /// Characters in a line.
  public var width: Int
  /// Whether to use color.
  public var usesColor: Bool
  /// Whether to use characters beyond ASCII.
  public var usesUnicode: Bool

  /// Describes a terminal.
  public init(isInteractive: Bool, width: Int = 80, usesColor: Bool = false, usesUnicode: Bool = true) {
    self.isInteractive = isInteractive
    self.width = width
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
  }

  /// The standard error stream, as the system and the environment describe it.
  ///
  /// The variables `NO_COLOR`, `TERM`, `COLUMNS`, `LC_ALL`, `LC_CTYPE` and `LANG` are read.
  public static func standardError(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Terminal {
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    return Terminal(environment: environment, isInteractive: isTerminal, measuredWidth: isTerminal ? measure() : nil)
  }

  /// Judges the environment variables.
  init(environment: [String: String], isInteractive: Bool, measuredWidth: Int?) {
    self.isInteractive = isInteractive
    width = measuredWidth ?? environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    usesColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    usesUnicode = locale.lowercased().contains("utf")
  }

  private static func measure() -> Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The two parts of a bar, what is done and what is left, of `width` characters together.
  public func bar(_ completed: Double, width: Int) -> (done: String, rest: String) {
    let filled = Int((min(1, max(0, completed)) * Double(width)).rounded(.down))
    return (
      String(repeating: usesUnicode ? "━" : "=", count: filled),
      String(repeating: usesUnicode ? "─" : "-", count: width - filled)
    )
  }

  /// Writes text to the standard error stream; a closed stream is ignored.
  public static func writeToStandardError(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
