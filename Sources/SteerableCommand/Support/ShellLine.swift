/// A command line as it can be pasted into a shell.
enum ShellLine {
  /// Joins words, with quotes around those that a shell would read otherwise.
  static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.wholeMatch(of: /[A-Za-z0-9_\-.\/=:,@%+]+/) != nil
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
