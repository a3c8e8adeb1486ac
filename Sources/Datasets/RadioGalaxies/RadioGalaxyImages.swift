/// Square images of radio galaxies as bytes, with their classes.
struct RadioGalaxyImages {
  /// The side of the published images.
  static let side = 150
  /// The number of pixels of one image.
  static let pixelCount = side * side

  private(set) var labels: [Int] = []
  private(set) var pixels: [UInt8] = []

  init() {}

  /// Brings several sets into one, in their order.
  init(_ parts: [RadioGalaxyImages]) {
    pixels.reserveCapacity(parts.reduce(0) { $0 + $1.pixels.count })
    for part in parts {
      labels += part.labels
      pixels += part.pixels
    }
  }

  var count: Int { labels.count }

  mutating func append(_ image: some Collection<UInt8>, label: Int) {
    labels.append(label)
    pixels += image
  }

  /// The images that `label` gives a class of, in their order.
  func selected(_ label: (Int) -> Int?) -> RadioGalaxyImages {
    var result = RadioGalaxyImages()
    for (index, old) in labels.enumerated() {
      guard let new = label(old) else { continue }
      result.append(pixels[(index * Self.pixelCount)..<((index + 1) * Self.pixelCount)], label: new)
    }
    return result
  }

  /// There must be something to learn of each class.
  func checkClasses(_ classNames: [String], of name: String) throws(DatasetError) {
    for (label, className) in classNames.enumerated() where !labels.contains(label) {
      throw .invalid("\(name): no training image is of the class \(className); expected some of each class")
    }
  }

  /// The images with values from 0 to 1: a square cut from the center, with zeros added below and at the right.
  ///
  /// Where the margins cannot be equal, the upper and left ones are rounded to an even number, as torchvision does.
  func dataset(name: String, classNames: [String], crop: Int, padding: Int) -> ImageDataset {
    precondition(
      (1...Self.side).contains(crop) && padding >= 0,
      "\(name): a crop to \(crop) pixels with \(padding) of padding; expected 1 to \(Self.side), and 0 or more")
    let margin = Int((Double(Self.side - crop) / 2).rounded(.toNearestOrEven))
    let shape = ImageShape(height: crop + padding, width: crop + padding)
    let table = PixelBytes.table
    let values = Parallel.floats(blocks: count, of: shape.count) { index, output in
      pixels.withUnsafeBufferPointer { pixels in
        for row in 0..<crop {
          let start = (index * Self.side + row + margin) * Self.side + margin
          for column in 0..<crop { output[row * shape.width + column] = table[Int(pixels[start + column])] }
        }
      }
    }
    return ImageDataset(
      uncheckedName: name, images: values, labels: labels, classNames: classNames, imageShape: shape)
  }
}
