public import Foundation
internal import Mustache

/// A self-contained HTML page: text, tables and embedded pictures.
public struct Report: Sendable {
  /// The heading of the page.
  public var title: String
  /// One sentence under the title.
  public var summary: String
  /// What follows the summary.
  public var sections: [Section]

  /// A heading with its blocks.
  public struct Section: Sendable {
    /// The heading of the section.
    public var heading: String
    /// The contents of the section.
    public var blocks: [Block]

    /// Makes a section.
    public init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// One piece of a section.
  public enum Block: Sendable {
    case text(String)
    case table(header: [String], rows: [[String]])
    /// A picture file's bytes; the media type is "image/png", "image/svg+xml" or "image/gif".
    case picture(Data, mediaType: String, caption: String)
    case code(String)
  }

  /// Makes a report.
  public init(_ title: String, summary: String, sections: [Section]) {
    self.title = title
    self.summary = summary
    self.sections = sections
  }

  /// The page as HTML text, with every picture inside it.
  public func html() throws(VisualizationError) -> String {
    let data: [String: Any] = [
      "title": title,
      "summary": summary,
      "sections": sections.map { section in
        ["heading": section.heading, "blocks": section.blocks.map(Self.context)] as [String: Any]
      },
    ]
    do {
      return try MustacheTemplate(string: Self.template).render(data)
    } catch {
      throw .cannotDraw(reason: "the report's template: \(error)")
    }
  }

  /// Writes the page; it appears whole or not at all.
  public func write(to url: URL) throws(VisualizationError) {
    try Data(html().utf8).writeWhole(to: url)
  }

  private static func context(_ block: Block) -> [String: Any] {
    switch block {
    case .text(let text): ["text": text]
    case .code(let code): ["code": code]
    case .table(let header, let rows):
      ["table": ["header": header, "rows": rows.map { ["cells": $0] }] as [String: Any]]
    case .picture(let data, let type, let caption):
      ["picture": ["source": "data:\(type);base64,\(data.base64EncodedString())", "caption": caption]]
    }
  }

  private static let template = """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    body { font: 16px/1.5 system-ui, sans-serif; color: #2b2b2b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
    .summary { color: #555; margin-top: 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #ddd; }
    figure { margin: 1rem 0; } figure img { max-width: 100%; } figcaption { color: #555; font-size: .9rem; }
    pre { background: #f5f5f5; padding: .8rem; overflow-x: auto; font-size: .85rem; }
    </style></head><body>
    <h1>{{title}}</h1>
    <p class="summary">{{summary}}</p>
    {{#sections}}
    <h2>{{heading}}</h2>
    {{#blocks}}
    {{#text}}<p>{{.}}</p>{{/text}}
    {{#code}}<pre>{{.}}</pre>{{/code}}
    {{#table}}<table><thead><tr>{{#header}}<th>{{.}}</th>{{/header}}</tr></thead>
    <tbody>{{#rows}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}</tbody></table>{{/table}}
    {{#picture}}<figure><img src="{{{source}}}" alt="{{caption}}"><figcaption>{{caption}}</figcaption></figure>{{/picture}}
    {{/blocks}}
    {{/sections}}
    </body></html>

    """
}
