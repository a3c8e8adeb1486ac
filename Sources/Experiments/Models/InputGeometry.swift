internal import Datasets
internal import Layers
internal import Tensors

/// How images are laid into the square that a network expects: zeros at the right and the bottom.
struct InputGeometry: SelfContained {
  let height: Int
  let width: Int
  private let right: Int
  private let bottom: Int

  init(_ image: ImageShape, inputSide: Int?) throws(ModelError) {
    height = inputSide ?? image.height
    width = inputSide ?? image.width
    guard height >= image.height, width >= image.width else {
      throw .tooLarge(image: [image.height, image.width], inputSide: height)
    }
    right = width - image.width
    bottom = height - image.height
  }

  /// Images of the data's size are padded; those that fill the square already, as in a verification, stay as they are.
  func pad(_ images: Tensor) -> Tensor {
    if right == 0 && bottom == 0 || images.shape[2] == height && images.shape[3] == width { return images }
    return images.pad([0, right, 0, bottom])
  }

  /// The padding as a plain layer; none when nothing is padded.
  var layers: [Layer] {
    right == 0 && bottom == 0 ? [] : [Pad2D(top: 0, bottom: bottom, left: 0, right: right)]
  }
}
