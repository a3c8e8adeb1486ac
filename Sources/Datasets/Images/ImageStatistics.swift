/// Mean and standard deviation of each channel, over all images and pixels.
public struct ImageStatistics: Hashable, Codable, Sendable {
  /// The mean of each channel.
  public let mean: [Double]
  /// The standard deviation of each channel (divided by the number of values).
  public let standardDeviation: [Double]

  /// Creates statistics from known numbers, such as published ones.
  ///
  /// **Traps**: unless both have the same length and the deviations are positive.
  public init(mean: [Double], standardDeviation: [Double]) {
    precondition(
      mean.count == standardDeviation.count && standardDeviation.allSatisfy { $0 > 0 },
      "ImageStatistics: means \(mean), deviations \(standardDeviation); expected as many positive deviations as means")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Statistics that change nothing.
  public static func identity(channels: Int) -> ImageStatistics {
    ImageStatistics(mean: .init(repeating: 0, count: channels), standardDeviation: .init(repeating: 1, count: channels))
  }
}

extension ImageDataset {
  /// Mean and standard deviation of each channel; a channel of equal values gets the deviation 1.
  ///
  /// **Complexity**: O(values), two passes in double precision.
  public var statistics: ImageStatistics {
    let area = imageShape.height * imageShape.width
    let channels = imageShape.channels
    var means: [Double] = []
    var deviations: [Double] = []
    images.withUnsafeBufferPointer { values in
      for channel in 0..<channels {
        func sum(_ term: (Double) -> Double) -> Double {
          var total = 0.0
          for image in 0..<count {
            let start = (image * channels + channel) * area
            var part = 0.0
            for index in start..<(start + area) { part += term(Double(values[index])) }
            total += part
          }
          return total / Double(max(count * area, 1))
        }
        let mean = sum { $0 }
        let variance = sum { ($0 - mean) * ($0 - mean) }
        means.append(mean)
        deviations.append(variance > 0 ? variance.squareRoot() : 1)
      }
    }
    return ImageStatistics(mean: means, standardDeviation: deviations)
  }

  /// Returns the images with the mean subtracted and divided by the standard deviation, channel by channel.
  ///
  /// **Traps**: unless `statistics` has as many channels as the images.
  public func normalized(by statistics: ImageStatistics) -> ImageDataset {
    var values = images
    statistics.normalize(&values, imageShape: imageShape)
    return ImageDataset(
      uncheckedName: name, images: values, labels: labels, classNames: classNames, imageShape: imageShape)
  }
}

extension ImageStatistics {
  /// Subtracts the mean from images in memory and divides by the standard deviation.
  ///
  /// **Traps**: unless there are as many channels here as in the images.
  public func normalize(_ values: inout [Float], imageShape: ImageShape) {
    precondition(
      mean.count == imageShape.channels, "ImageStatistics: \(mean.count) channels for \(imageShape) images")
    let area = imageShape.height * imageShape.width
    values.withUnsafeMutableBufferPointer { values in
      for plane in 0..<(values.count / area) {
        let channel = plane % mean.count
        let scale = Float(1 / standardDeviation[channel])
        let offset = Float(-mean[channel] / standardDeviation[channel])
        for index in (plane * area)..<((plane + 1) * area) { values[index] = values[index] * scale + offset }
      }
    }
  }
}
