import Testing
import Training

@Suite struct DistributedEnvironmentTests {
  private static let complete = [
    "RANK": "1", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "node0",
    "MASTER_PORT": "29500",
  ]

  @Test func variablesAreRead() throws {
    let found = try #require(try DistributedEnvironment(variables: Self.complete))
    #expect(found.rank == 1 && found.size == 4 && found.localRank == 1 && found.localSize == 2)
    #expect(found.address == "node0" && found.port == 29500 && found.timeout == 300)
    let small = try #require(
      try DistributedEnvironment(variables: Self.complete.filter { !$0.key.hasPrefix("LOCAL") }))
    #expect(small.localRank == 1 && small.localSize == 4)
    #expect(!found.isHosted)
    let hosted = Self.complete.merging(["TORCHELASTIC_USE_AGENT_STORE": "True"]) { $1 }
    #expect(try DistributedEnvironment(variables: hosted)?.isHosted == true)
    #expect(try DistributedEnvironment(variables: ["MASTER_ADDR": "a", "LOCAL_RANK": "0"]) == nil)
  }

  static let wrong: [(name: String, value: String?, message: String)] = [
    ("RANK", nil, "RANK is not set; "), ("WORLD_SIZE", nil, "WORLD_SIZE is not set; "),
    ("MASTER_ADDR", nil, "MASTER_ADDR is not set; "), ("MASTER_PORT", nil, "MASTER_PORT is not set; "),
    ("RANK", "4", "RANK must be a whole number from 0 to 3, found \"4\""),
    ("RANK", "-1", "RANK must be a whole number from 0 to 3, found \"-1\""),
    ("RANK", "one", "RANK must be a whole number from 0 to 3, found \"one\""),
    ("WORLD_SIZE", "0", "WORLD_SIZE must be a whole number from 1 to 65536, found \"0\""),
    ("LOCAL_RANK", "", "LOCAL_RANK must be a whole number from 0 to 3, found \"\""),
    ("LOCAL_WORLD_SIZE", "5", "LOCAL_WORLD_SIZE must be a whole number from 1 to 4, found \"5\""),
    ("MASTER_PORT", "70000", "MASTER_PORT must be a whole number from 1 to 65535, found \"70000\""),
    ("MASTER_ADDR", "", "MASTER_ADDR must be a host name or an address, found \"\""),
    ("STEERABLE_TIMEOUT", "0", "STEERABLE_TIMEOUT must be a number of seconds from 1 to 1000000, found \"0\""),
    ("STEERABLE_TIMEOUT", "nan", "STEERABLE_TIMEOUT must be a number of seconds from 1 to 1000000, found \"nan\""),
  ]

  @Test(arguments: wrong) func wrongVariablesAreNamed(name: String, value: String?, message: String) {
    var variables = Self.complete
    variables[name] = value
    let error = #expect(throws: TrainingError.self) { _ = try DistributedEnvironment(variables: variables) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
