import Foundation
import Testing
import Training

@Suite struct StopSignalTests {
  @Test func signalRequestsAStop() {
    let stop = StopSignal()
    let bystander = StopSignal()
    let installation = stop.install(for: [SIGUSR1])
    #expect(!stop.isRequested)
    raise(SIGUSR1)
    #expect(stop.isRequested)
    #expect(!bystander.isRequested)
    installation.cancel()
    #expect(stop.isRequested)
    // What came before an installation does not count for it.
    let later = StopSignal()
    let laterInstallation = later.install(for: [SIGUSR1])
    #expect(!later.isRequested)
    laterInstallation.cancel()
  }

  @Test func programCanRequestAStop() {
    let stop = StopSignal()
    stop.request()
    #expect(stop.isRequested)
  }
}
