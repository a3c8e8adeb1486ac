// Empty on purpose: SwiftPM wants a header, and of LibTorch this module brings the link flags only. Its C++ headers are
// included by CTorchShim.
