internal import Foundation
internal import Visualization

extension Report.Block {
  /// A drawing for the page, left in a folder as PNG and SVG too.
  static func drawn(
    _ drawing: some Drawing, _ name: String, in folder: URL, caption: String
  ) throws(VisualizationError) -> Report.Block {
    try drawing.write(to: folder.appending(path: "\(name).svg"))
    let png = try drawing.write(to: folder.appending(path: "\(name).png"))
    return .picture(png, mediaType: "image/png", caption: caption)
  }

  /// Claims with their verdicts, one row each.
  static func table(of claims: [StudyClaim]) -> Report.Block {
    .table(header: ["claim", "verdict", "numbers"], rows: claims.map { [$0.claim, $0.verdict, $0.evidence] })
  }
}
