internal import Foundation

extension ConfigurationValue {
  /// The value that an encodable one has as JSON, with sorted keys.
  init(encoding value: some Encodable) {
    let object = (try? JSONEncoder().encode(value)).flatMap {
      try? JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed)
    }
    self.init(json: object)
  }

  private init(json: Any?) {
    switch json {
    case let object as [String: Any]:
      self = .section(object.keys.sorted().map { Entry(key: $0, value: ConfigurationValue(json: object[$0])) })
    case let list as [Any]: self = .list(list.map { ConfigurationValue(json: $0) })
    case let text as String: self = .string(text)
    case let number as NSNumber: self = .double(number.doubleValue)
    default: self = .null
    }
  }
}
