internal import Datasets
internal import Layers
internal import Tensors

/// How images are laid into the square that a network expects: zeros at the right and the bottom.
struct InputGeometry: SelfContained {
  let imageShape: ImageShape
  let height: Int
  let width: Int
  private let right: Int
  private let bottom: Int

  init(_ image: ImageShape, inputSide: Int?) throws(ModelError) {
    imageShape = image
    height = inputSide ?? image.height
    width = inputSide ?? image.width
    guard height >= image.height, width >= image.width else {
      throw .tooLarge(image: [image.height, image.width], inputSide: height)
    }
    right = width - image.width
    bottom = height - image.height
  }

  /// Images of the data's size are padded; those that fill the square already, as in a verification, stay as they are.
  ///
  /// **Traps**: for images of any other size.
  func pad(_ images: Tensor) -> Tensor {
    let size = images.rank == 4 ? Array(images.shape.dropFirst()) : []
    if size == [imageShape.channels, height, width] { return images }
    guard size == [imageShape.channels, imageShape.height, imageShape.width] else {
      let padded = layers.isEmpty ? "" : ", or padded to [N, \(imageShape.channels), \(height), \(width)]"
      Torch.fail(
        op: "ImageClassifier",
        "the network was made for images [N, \(imageShape.channels), \(imageShape.height), \(imageShape.width)]\(padded), "
          + "got \(images.shape)")
    }
    return images.pad([0, right, 0, bottom])
  }

  /// The padding as a plain layer; none when nothing is padded.
  var layers: [Layer] {
    right == 0 && bottom == 0 ? [] : [Pad2D(top: 0, bottom: bottom, left: 0, right: right)]
  }
}
