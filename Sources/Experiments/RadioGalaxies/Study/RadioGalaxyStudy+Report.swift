internal import Foundation
internal import Training
internal import Visualization

extension RadioGalaxyStudy {
  /// The page with everything.
  func report(_ results: RadioGalaxyResults, pictures: [RadioGalaxyPictures.Picture]) throws -> Report {
    func blocks(_ section: String) -> [Report.Block] {
      pictures.filter { $0.section == section }.map { .picture($0.data, mediaType: $0.mediaType, caption: $0.caption) }
    }
    let best = results.networks.max { $0.accuracy.mean < $1.accuracy.mean }
    let summary =
      best.map { "Best on the test images: \($0.label) with \($0.accuracy.text(digits: 2, scale: 100)) % accuracy." }
      ?? ""
    let configurations = try networks.map { ($0.label, try experiment($0, seed: 0).resolved.yaml) }
    return Report(
      "Radio galaxies, FR I or FR II, by steerable networks", summary: summary,
      sections: [
        .init(
          "Result",
          [
            .text(
              "Means and standard deviations over \(seeds) runs of \(epochs) epochs; \(preset.description). Published are "
                + "600 epochs of 151×151 pixels with five runs."),
            .table(header: RadioGalaxyResults.header, rows: results.rows), .text(results.verdict),
            .text(
              "The overlap index η tells how much the answers for both classes overlap over 100 passes with dropout, from 0 "
                + "(sure) to about 1, averaged over nine angles and all test sources. One test source is worth "
                + "0.96 points of accuracy, so means over few runs differ by chance as much as by design; "
                + "differences are given with their standard error. Held out are "
                + "the test sources and, where they have no say in the training, the validation sources."),
          ] + blocks("Result")),
        .init("Training", blocks("Training")),
        .init("Confidence while sources turn", try comparisonBlocks() + blocks("Confidence while sources turn")),
        .init("A source turns", blocks("A source turns")),
      ]
        + StudyProvenance(
          command: command, seeds: Array(0..<seeds), configurations: configurations, seconds: results.seconds
        ).sections)
  }

  /// What the comparison of both networks' overlaps says, if there is one.
  private func comparisonBlocks() throws -> [Report.Block] {
    guard let plain = networks.first(where: { $0.label == "{e}" }),
      let steerable = networks.last(where: { $0.model.kind.isSteerable && $0.isAugmented })
    else { return [] }
    let tables = try [plain, steerable].map {
      try OverlapTable(contentsOf: directory($0, seed: 0).url.appending(path: "overlap.csv"))
    }
    return [.text(try OverlapComparison(tables[0], tables[1]).summary(plain.label, steerable.label))]
  }
}
