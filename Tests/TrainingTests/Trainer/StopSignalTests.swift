import Foundation
import Testing
import Training

@Suite struct StopSignalTests {
  @Test func signalRequestsAStop() async throws {
    let stop = StopSignal()
    let installation = stop.install(for: [SIGUSR1])
    #expect(!stop.isRequested)
    kill(getpid(), SIGUSR1)
    for _ in 0..<200 where !stop.isRequested { try await Task.sleep(for: .milliseconds(10)) }
    #expect(stop.isRequested)
    installation.cancel()
  }

  @Test func programCanRequestAStop() {
    let stop = StopSignal()
    stop.request()
    #expect(stop.isRequested)
  }
}
