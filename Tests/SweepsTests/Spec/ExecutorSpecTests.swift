import Notation
import Sweeps
import TestSupport
import Testing

/// Where a spec says that its runs are made.
struct ExecutorSpecTests {
  private func spec(_ executor: String) throws -> Spec {
    try exampleSpec(#"{"command": ["x", "{device}"], "seeds": 1, "executor": \#(executor)}"#)
  }

  @Test func `devices are numbers or names, or those that there are`() throws {
    #expect(try spec(#"{"devices": [0, 3]}"#).executor.devices == .listed(["0", "3"]))
    #expect(try spec(#"{"devices": ["GPU-1f", 2]}"#).executor.devices == .listed(["GPU-1f", "2"]))
    let automatic = try spec(#"{"devices": "auto", "perDevice": 2}"#).executor
    #expect(automatic == ExecutorSettings(devices: .automatic, perDevice: 2))
    #expect(try exampleSpec(#"{"command": ["x"]}"#).executor == ExecutorSettings())
  }

  @Test(arguments: [
    (#"{"devices": []}"#, "'devices' of 'executor'"), (#"{"devices": [0, 0]}"#, "A device"),
    (#"{"devices": [-1]}"#, "A device"), (#"{"devices": ["a,b"]}"#, "A device"),
    (#"{"devices": "all"}"#, "'devices' of 'executor'"), (#"{"device": [0]}"#, "'device'"),
    (#"{"perDevice": 0}"#, "'perDevice'"), (#"{"slurm": {"chunk": 0}}"#, "'chunk' of 'slurm'"),
    (#"{"slurm": {"chunk": "all"}}"#, "'chunk' of 'slurm'"),
    (#"{"slurm": {"slots": 0}}"#, "'slots'"), (#"{"slurm": {"option": []}}"#, "'option'"),
  ])
  func `what is none is told by its name`(executor: String, subject: String) {
    let faults = #expect(throws: SpecFaults.self) { try spec(executor) }
    #expect(faults?.faults.count == 1 && faults?.description.contains(subject) == true)
  }

  @Test func `Slurm's settings are read, and come back from what is kept of them`() throws {
    let executor = try spec(
      #"{"slurm": {"options": ["--partition=gpu"], "slots": 64, "chunk": "auto", "shared": "/scratch/me", "requeue": false, "attempts": 5}}"#
    ).executor
    let settings = SlurmSettings(
      options: ["--partition=gpu"],
      slots: 64,
      shared: "/scratch/me",
      requeue: false,
      attempts: 5
    )
    #expect(executor.slurm == settings && SlurmSettings(settings.json) == settings)
    let chunked = try #require(try spec(#"{"slurm": {"chunk": 20}}"#).executor.slurm)
    #expect(chunked.chunk == 20 && SlurmSettings(chunked.json) == chunked)
  }

  @Test func `where runs are made is no part of what was predicted on`() throws {
    let sealed = try spec("{}").sealedConfig.canonical
    #expect(
      ConfigChange(from: sealed, to: try spec(#"{"devices": [1]}"#).sealedConfig) == .unchanged
    )
  }
}
