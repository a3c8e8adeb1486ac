extension ImageDataset {
  /// Returns the images with rows and columns added around them.
  ///
  /// Images of even size are often padded by one row below and one column at the right (28 to 29), so that their center
  /// is a pixel and convolutions with stride 2 stay symmetric.
  ///
  /// **Traps**: for negative numbers.
  public func padded(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0, value: Float = 0) -> ImageDataset {
    precondition(
      min(top, left, bottom, right) >= 0, "padded: top \(top), left \(left), bottom \(bottom), right \(right) below 0")
    let (height, width) = (imageShape.height, imageShape.width)
    let (newHeight, newWidth) = (height + top + bottom, width + left + right)
    let planes = count * imageShape.channels
    let values = Parallel.floats(blocks: planes, of: newHeight * newWidth) { plane, output in
      output.update(repeating: value)
      images.withUnsafeBufferPointer { input in
        for row in 0..<height {
          let source = input.baseAddress! + (plane * height + row) * width
          (output.baseAddress! + (row + top) * newWidth + left).update(from: source, count: width)
        }
      }
    }
    return ImageDataset(
      uncheckedName: name, images: values, labels: labels, classNames: classNames,
      imageShape: ImageShape(channels: imageShape.channels, height: newHeight, width: newWidth))
  }
}
