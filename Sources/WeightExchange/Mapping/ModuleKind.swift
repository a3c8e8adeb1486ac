/// What a module does, so far as its state tells; modules of one kind can stand for each other.
enum ModuleKind: String {
  case convolution
  case normalization
  case linear = "linear layer"
  case nonlinearity = "nonlinearity with parameters"
}
