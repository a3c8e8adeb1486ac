/// Reduces the colors of pictures to a palette of at most 256, by median cut over 15-bit colors.
///
/// **Reference**: Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982.
struct ColorQuantizer {
  let palette: [(red: UInt8, green: UInt8, blue: UInt8)]
  /// Palette index of each 15-bit color.
  private var table: [UInt8]

  init(frames: [RasterImage], colors: Int = 256) {
    var counts = [Int](repeating: 0, count: 1 << 15)
    var sums = [(Int, Int, Int)](repeating: (0, 0, 0), count: 1 << 15)
    for frame in frames {
      var i = 0
      while i < frame.pixels.count {
        let (r, g, b) = (frame.pixels[i], frame.pixels[i + 1], frame.pixels[i + 2])
        let key = Self.key(r, g, b)
        counts[key] += 1
        sums[key] = (sums[key].0 + Int(r), sums[key].1 + Int(g), sums[key].2 + Int(b))
        i += 3
      }
    }
    var boxes = [counts.indices.filter { counts[$0] > 0 }]
    while boxes.count < colors {
      // The box with the largest population times extent is cut at its median along its longest side.
      guard
        let chosen = boxes.indices.filter({ boxes[$0].count > 1 }).max(by: { a, b in
          Self.weight(boxes[a], counts) < Self.weight(boxes[b], counts)
        })
      else { break }
      let side = Self.longestSide(boxes[chosen]).side
      let sorted = boxes[chosen].sorted { Self.component($0, side) < Self.component($1, side) }
      let total = sorted.reduce(0) { $0 + counts[$1] }
      var running = 0
      var cut = 1
      for (i, key) in sorted.enumerated().dropLast() {
        running += counts[key]
        cut = i + 1
        if 2 * running >= total { break }
      }
      boxes[chosen] = Array(sorted[..<cut])
      boxes.append(Array(sorted[cut...]))
    }
    table = [UInt8](repeating: 0, count: 1 << 15)
    var palette: [(red: UInt8, green: UInt8, blue: UInt8)] = []
    for (index, box) in boxes.enumerated() {
      var (r, g, b, n) = (0, 0, 0, 0)
      for key in box {
        r += sums[key].0
        g += sums[key].1
        b += sums[key].2
        n += counts[key]
        table[key] = UInt8(index)
      }
      palette.append((UInt8(r / max(n, 1)), UInt8(g / max(n, 1)), UInt8(b / max(n, 1))))
    }
    self.palette = palette
  }

  /// The palette index of each pixel.
  func indices(of frame: RasterImage) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: frame.width * frame.height)
    for i in result.indices {
      result[i] = table[Self.key(frame.pixels[3 * i], frame.pixels[3 * i + 1], frame.pixels[3 * i + 2])]
    }
    return result
  }

  private static func key(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> Int {
    Int(r >> 3) << 10 | Int(g >> 3) << 5 | Int(b >> 3)
  }

  private static func component(_ key: Int, _ side: Int) -> Int { (key >> (10 - 5 * side)) & 31 }

  private static func longestSide(_ box: [Int]) -> (side: Int, length: Int) {
    (0..<3).map { side -> (side: Int, length: Int) in
      let values = box.map { component($0, side) }
      return (side, (values.max() ?? 0) - (values.min() ?? 0))
    }.max { $0.length < $1.length } ?? (0, 0)
  }

  private static func weight(_ box: [Int], _ counts: [Int]) -> Double {
    let population = Double(box.reduce(0) { $0 + counts[$1] })
    return population.squareRoot() * Double(longestSide(box).length)
  }
}
