/// What can go wrong when a picture or report is written.
public enum VisualizationError: Error, Hashable, CustomStringConvertible {
  case unknownFormat(path: String)
  case cannotWrite(path: String, reason: String)
  case cannotDraw(reason: String)

  /// One line that names the file or the reason.
  public var description: String {
    switch self {
    case .unknownFormat(let path): "\(path): the ending names no picture format; use .png, .svg or .gif"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .cannotDraw(let reason): "the picture cannot be drawn: \(reason)"
    }
  }
}
