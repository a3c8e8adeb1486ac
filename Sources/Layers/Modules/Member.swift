/// One part of a module, with its key relative to the module.
enum Member {
  case parameter(String, Parameter)
  case buffer(String, Buffer)
  case random(String, RandomState)
  case module(String, Module)

  var key: String {
    switch self {
    case .parameter(let key, _), .buffer(let key, _), .random(let key, _), .module(let key, _): key
    }
  }
}
