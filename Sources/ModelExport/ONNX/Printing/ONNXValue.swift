/// A value of an ONNX graph with its type and shape, in which `ONNXValue.samples` stands for the open number of samples.
struct ONNXValue: Hashable {
  /// The size of an axis that is not known before the network runs.
  static let samples = -1

  var name: String
  var type: ONNXTensorProto.DataType
  var shape: [Int]

  /// The number of axes.
  var rank: Int { shape.count }
  /// The sizes after samples and channels.
  var spatial: [Int] { Array(shape.dropFirst(2)) }
}
