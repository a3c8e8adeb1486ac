internal import Foundation
internal import Training

/// How large a metamaterial study is.
public struct MetamaterialStudySize: Codable, Hashable, Sendable {
  /// The sizes that have names.
  public enum Preset: String, Codable, CaseIterable, Sendable {
    /// 3,000 cells, small networks, few seeds beyond the original's table.
    case cpu
    /// 10,000 cells, wider networks of our own, trained three times as long, every network with every seed.
    case full
  }

  /// The number of cells, of which a fifth is for the test.
  public var cells: Int
  /// Side of the cells in pixels.
  public var side: Int
  /// The passes of the published training.
  public var epochs: Int
  /// The batches of the published training; its incomplete batches are left out.
  public var batchSize = 256
  /// The passes of the cosine training over all training cells; fewer cells are passed more often.
  public var cosineEpochs: Int
  /// The channels of our own networks.
  public var channels: [Int]
  /// The most seeds of the original's networks beyond its table.
  public var furtherSeeds: Int
  /// The most seeds of our own networks.
  public var ownSeeds: Int
  /// The most seeds of the comparison over the number of cells.
  public var efficiencySeeds: Int
  /// The numbers of training cells below all of them.
  public var subsets: [Int]

  /// Creates a size.
  public init(
    cells: Int, side: Int = 64, epochs: Int = 20, cosineEpochs: Int, channels: [Int], furtherSeeds: Int,
    ownSeeds: Int, efficiencySeeds: Int, subsets: [Int]
  ) {
    self.cells = cells
    self.side = side
    self.epochs = epochs
    self.cosineEpochs = cosineEpochs
    self.channels = channels
    self.furtherSeeds = furtherSeeds
    self.ownSeeds = ownSeeds
    self.efficiencySeeds = efficiencySeeds
    self.subsets = subsets
  }

  /// The size of a preset.
  public init(_ preset: Preset) {
    switch preset {
    case .cpu:
      self.init(
        cells: 3_000, cosineEpochs: 20, channels: [16, 32, 32, 32], furtherSeeds: 5, ownSeeds: 3, efficiencySeeds: 2,
        subsets: [150, 600])
    case .full:
      self.init(
        cells: 10_000, cosineEpochs: 60, channels: [32, 64, 64, 64], furtherSeeds: .max, ownSeeds: .max,
        efficiencySeeds: .max, subsets: [125, 250, 500, 1_000, 2_000, 4_000])
    }
  }

  /// The number of test cells.
  var test: Int { cells / 5 }
  /// The number of training cells.
  var training: Int { cells - cells / 5 }

  /// What changes the results of runs, for the mark of the study's folder.
  var settings: [String: String] {
    [
      "cells": "\(cells)", "side": "\(side)", "epochs": "\(epochs)", "cosineEpochs": "\(cosineEpochs)",
      "batchSize": "\(batchSize)", "channels": channels.map(String.init).joined(separator: " "),
    ]
  }

  /// The seeds of a variant.
  func seeds(_ variant: MetamaterialStudyVariant, of all: Int) -> [Int] {
    let most =
      variant.images != nil
      ? efficiencySeeds
      : MetamaterialStudyVariant.table.contains(variant)
        ? all : variant.network.isPublished ? furtherSeeds : ownSeeds
    return Array(0..<min(all, most))
  }

  /// The configuration of a run.
  func yaml(_ variant: MetamaterialStudyVariant, seed: Int, file: String) -> String {
    let images = variant.images ?? training
    let changes = variant.augmentation.changes.map(\.rawValue).joined(separator: ", ")
    // A quarter of the cells is passed twice as often: the shorter the data, the longer the training, within reason.
    let factor = (Double(training) / Double(images)).squareRoot()
    let model: String
    switch variant.network {
    case .plain: model = "{kind: metamaterial-cnn}"
    case .circular: model = "{kind: metamaterial-circular-cnn}"
    case .flip: model = "{kind: metamaterial-steerable-cnn, group: Flip}"
    case .c2, .c4, .d4:
      model = "{kind: metamaterial-steerable-cnn, group: \(variant.network.rawValue.uppercased())}"
    case .elasticityC1, .elasticityC4, .elasticityD4:
      let blocks = channels.enumerated().map { index, channels in
        "{channels: \(channels), kernelSize: \(index == 0 ? 5 : 3), stride: \(index < 2 ? 2 : 1)}"
      }
      model = """
        {kind: elasticity-network, group: \(variant.network.rawValue.suffix(2).uppercased()), \
        head: \(2 * (channels.last ?? 8)), blocks: [\(blocks.joined(separator: ", "))]}
        """
    }
    let training =
      switch variant.schedule {
      case .published:
        "{epochs: \(epochs), batchSize: \(batchSize), dropLast: true, optimizer: {kind: adam, learningRate: 0.0054}}"
      case .cosine:
        """
        {epochs: \(Int((Double(cosineEpochs) * factor).rounded())), batchSize: 64, schedule: {kind: cosine}, \
        optimizer: {kind: adam, learningRate: 0.005}, \
        evaluateEvery: \(variant.network.isPublished && variant.images == nil ? 1 : variant.images == nil ? 5 : 1000)}
        """
      }
    return """
      name: \(variant.run(seed: seed).replacingOccurrences(of: "/", with: "-"))
      seed: \(seed)
      data: {kind: metamaterials, file: "\(file)", side: \(side), split: \(seed), training: \(images), test: \(test), \
      validateOnTest: true, augmentation: [\(changes)]}
      model: \(model)
      training: \(training)
      output: {tensorBoard: false, logEvery: 0}

      """
  }
}
