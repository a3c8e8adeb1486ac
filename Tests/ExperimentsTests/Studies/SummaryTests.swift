import Experiments
import Foundation
import Testing

@Suite struct SummaryTests {
  @Test func knowsMeanAndDeviation() {
    let summary = Summary([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(summary.count == 8 && summary.mean == 5)
    #expect(abs(summary.deviation - (32.0 / 7).squareRoot()) < 1e-14)
    #expect(Summary([3]).deviation == 0 && Summary([3]).confidence == nil)
    #expect(Summary([]).mean.isNaN && Summary([]).text(digits: 1) == "–")
  }

  /// Tabulated 97.5 % quantiles of Student's distribution; n measurements have n - 1 degrees of freedom.
  @Test(arguments: [
    (2, 12.7062047), (3, 4.3026527), (4, 3.1824463), (5, 2.7764451), (10, 2.2621572), (15, 2.1447867),
    (30, 2.0452296), (101, 1.9839715),
  ])
  func intervalsAreStudents(count: Int, quantile: Double) throws {
    // Values whose deviation is known: half of them ±1 around 0, scaled to a deviation of √n.
    let values = (0..<count).map { Double($0) }
    let summary = Summary(values)
    let width = try #require(summary.confidence)
    let measured = width * Double(count).squareRoot() / summary.deviation
    #expect(abs(measured - quantile) < 1e-5 * quantile, "\(count): \(measured)")
  }

  @Test func isWrittenAsMeanAndDeviation() {
    #expect(Summary([0.94, 0.95, 0.96]).text(digits: 2, scale: 100) == "95.00 ± 1.00")
    #expect(Summary([0.94]).text(digits: 1, scale: 100) == "94.0")
  }
}
