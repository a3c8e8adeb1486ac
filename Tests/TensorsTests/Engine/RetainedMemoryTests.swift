#if os(Linux)
  import Glibc
  import Tensors
  import Testing

  /// Freed memory that stays in the process is not cleared by the kernel again.
  @Suite struct RetainedMemoryTests {
    /// The pages that the kernel maps while tensors of 48 MB come and go, on the main thread, which has the lasting heap.
    @MainActor private static func faults() -> Int {
      var before = rusage()
      var after = rusage()
      // The heap grows at first.
      for _ in 0..<20 { _ = Tensor.ones([12 << 20]).sum() }
      getrusage(RUSAGE_SELF.rawValue, &before)
      for _ in 0..<20 { _ = Tensor.ones([12 << 20]).sum() }
      getrusage(RUSAGE_SELF.rawValue, &after)
      return after.ru_minflt - before.ru_minflt
    }

    @Test func freedTensorsAreUsedAgain() async {
      await #expect(processExitsWith: .success) {
        #expect(Torch.retainFreedMemory())
        let faults = await RetainedMemoryTests.faults()
        // One tensor has 12288 pages.
        #expect(faults < 12288, "\(faults) pages")
      }
    }

    @Test func otherwiseTheSystemGetsThemBack() async {
      await #expect(processExitsWith: .success) {
        let faults = await RetainedMemoryTests.faults()
        #expect(faults > 20 * 6000, "\(faults) pages: retaining would gain nothing")
      }
    }
  }
#endif
