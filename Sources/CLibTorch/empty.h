// SwiftPM wants a header; LibTorch's own are included by CTorchShim's C++ files.
