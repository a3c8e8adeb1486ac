import Testing
import Training

/// Files of sections, and Python's plain values in them.
struct INIFileTests {
  private static let text = """
    # A comment
    [model]
    base: 'LeNet'          # the class
    Rotations = 16
    quiet: True
    group: None
      # only a comment

    [DEFAULT]
    rate: 1e-4
    [data]
    ; another comment
    mean: 0.0031
    path = "a: b = c # d"
    long: 'one'
      # and a comment
    many: -1_000
    share: .5
    """

  @Test func sectionsAndValues() throws {
    let file = try INIFile(Self.text, path: "c.txt")
    #expect(file.sections.map(\.name) == ["model", "data"])
    let model = try #require(file["model"])
    let data = try #require(file["data"])
    #expect(try model.literal("base") == .text("LeNet"))
    #expect(try model.literal("rotations") == .int(16))
    #expect(try model.literal("quiet") == .bool(true))
    #expect(try model.literal("group") == PythonLiteral.none)
    #expect(try model.literal("rate") == .double(1e-4) && data.literal("rate") == .double(1e-4))
    #expect(try data.literal("mean") == .double(0.0031))
    #expect(try data.literal("path") == .text("a: b = c # d"))
    #expect(try data.literal("long") == .text("one"))
    #expect(try data.literal("many") == .int(-1000))
    #expect(try data.literal("share") == .double(0.5))
    #expect(try data.literal("absent") == nil)
  }

  @Test(arguments: [
    ("key: 1", "c.txt:1", "before the first [section]"),
    ("[a]\nkey", "c.txt:2", "no key with a value"),
    ("[a]\n: 1", "c.txt:2", "no key with a value"),
    ("[a]\nk: 1\nK: 2", "c.txt:3", "given twice"),
    ("[a]\n[b]\n[a]", "c.txt:3", "[a] is given twice"),
  ])
  func wrongFilesNameTheirLine(_ text: String, _ place: String, _ words: String) {
    do {
      _ = try INIFile(text, path: "c.txt")
      Issue.record("no error")
    } catch {
      #expect("\(error)".hasPrefix(place) && "\(error)".contains(words), "\(error)")
    }
  }

  @Test(arguments: [
    ("LeNet", "a text needs quotes"), ("'LeNet", "no closing quote"), ("true", "did you mean True?"),
    ("", "no value"), ("# nothing", "no value"), ("[1, 2]", "a container"), ("1 2", "no Python value"),
    ("'a' 'b'", "follows the value"), ("007", "begins with a zero"), ("1__0", "no Python value"), ("1e", "no number"),
    ("99999999999999999999", "too large"), ("1e999", "no number"), ("__import__('os')", "no Python value"),
    ("--1", "no Python value"),
    ("nan", "no Python value"),
  ])
  func wrongValuesNameSectionAndKey(_ value: String, _ words: String) throws {
    let section = try #require(try INIFile("[model]\n\nbase: \(value)", path: "c.txt")["model"])
    do {
      let value = try section.literal("base")
      Issue.record("no error, but \(String(describing: value))")
    } catch {
      #expect("\(error)".hasPrefix("c.txt:3: [model] base: ") && "\(error)".contains(words), "\(error)")
    }
  }
}
