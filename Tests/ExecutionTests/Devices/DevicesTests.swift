import Execution
import Foundation
import Sweeps
import TestSupport
import Testing

/// Which run has which device, on a machine that has none.
struct DevicesTests {
  @Test func `neighbouring slots have different devices`() {
    let devices = Devices(["0", "1", "GPU-ab"], perDevice: 2)
    #expect((0..<6).compactMap(devices.name) == ["0", "1", "GPU-ab", "0", "1", "GPU-ab"])
    #expect(devices.slots == 6 && Devices.none.slots == 0 && Devices.none.name(of: 3) == nil)
  }

  @Test(
    arguments: [
      (["CUDA_VISIBLE_DEVICES": "4,5"], ["4", "5"]),
      (["CUDA_VISIBLE_DEVICES": "GPU-1f,MIG-2"], ["GPU-1f", "MIG-2"]),
      (["CUDA_VISIBLE_DEVICES": ""], []), (["CUDA_VISIBLE_DEVICES": "-1"], []),
      (["CUDA_VISIBLE_DEVICES": "NoDevFiles"], []), (["HIP_VISIBLE_DEVICES": "2"], ["2"]),
      (["ZE_AFFINITY_MASK": "0.1,1"], ["0.1", "1"]), (["ROCR_VISIBLE_DEVICES": "6,7"], ["0", "1"]),
      (["SLURM_JOB_GPUS": "3"], ["3"]), (["PATH": "/bin"], nil),
    ] as [([String: String], [String]?)]
  )
  func `an allocation's variables name devices`(
    environment: [String: String],
    names: [String]?
  ) {
    #expect(Devices.allocated(in: environment) == names)
  }

  @Test func `the makers' tools are understood`() {
    #expect(Devices.listed(byNVIDIA: "0\n1\r\n 2\n") == ["0", "1", "2"])
    #expect(Devices.listed(byNVIDIA: "NVIDIA-SMI has failed\n").isEmpty)
    let rocm =
      "GPU[0]\t\t: Device ID: 0x740f\nGPU[0]\t\t: Rev: 1\nGPU[11]\t\t: x\nGPU[a]: y\n=== End"
    #expect(Devices.listed(byROCm: rocm) == ["0", "11"])
  }

  private static let spec = #""seeds": 12, "settings": {"x": 1}"#

  @Test func `every program is told its device, and no two share one`() async throws {
    try await withTemporaryFolder { folder in
      let script = """
        echo "$CUDA_VISIBLE_DEVICES $HIP_VISIBLE_DEVICES $ZE_AFFINITY_MASK" >> seen
        mkdir busy-$CUDA_VISIBLE_DEVICES || echo "shared $CUDA_VISIBLE_DEVICES" >> shared
        i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); done
        rmdir busy-$CUDA_VISIBLE_DEVICES
        echo '{"final": {"loss": 1}}'
        """
      let trial = try Trial(in: folder, script: script, spec: Self.spec)
      let result = try await trial.run(try trial.local(slots: 2, devices: Devices(["3", "7"])))
      #expect(result.end.ledger.ok == 12)
      let seen = try String(
        contentsOf: folder.appending(component: "seen"),
        encoding: .utf8
      ).split(separator: "\n")
      #expect(Set(seen) == ["3 3 3", "7 7 7"] && seen.count == 12)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(component: "shared").path))
      #expect(Set(result.records.map(\.site.device)) == ["3", "7"])
    }
  }

  /// Answers from a script, as runs of these devices.
  private func run(
    _ trial: Trial,
    _ script: @escaping @Sendable (Assignment) -> Scripted.Answer
  ) async throws -> (end: SweepEnd, rested: [String], submitted: [Assignment]) {
    let executor = Scripted(slots: 2, devices: Devices(["0", "1"]), script: script)
    let result = try await trial.run(executor)
    let rested = result.events.compactMap { event -> String? in
      if case .rested(let device, 3) = event { device } else { nil }
    }
    return (result.end, rested, executor.submitted)
  }

  @Test func `a device on which three in a row fail gets no more runs`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: Self.spec)
      let result = try await run(trial) { assignment in
        assignment.slot == 1
          ? .ends(.failed(.exit(code: assignment.run.seed))) : .ends(.finished)
      }
      #expect(result.rested == ["1"])
      #expect(result.submitted.count { $0.slot == 1 } == 3)
      #expect(result.end.ledger.ok == 9 && result.end.ledger.failed == 3)
      #expect(result.end.reason == nil)
    }
  }

  @Test func `a success between failures, and what diverged, keep a device awake`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: Self.spec)
      let counts = [EventCount(), EventCount()]
      let result = try await run(trial) { assignment in
        // The script is asked about each attempt as often; what it says of one in three differs.
        counts[assignment.slot].next() / 2 % 3 == 2
          ? .ends(.diverged(epoch: 1, reason: ""))
          : .ends(.failed(.exit(code: assignment.run.seed)))
      }
      #expect(result.end.ledger.pending == 0)
      #expect(result.rested.isEmpty)
    }
  }

  @Test func `where every device is rested the sweep stops and says so`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: Self.spec)
      let result = try await run(trial) { .ends(.failed(.exit(code: $0.run.seed))) }
      #expect(Set(result.rested) == ["0", "1"])
      #expect(result.end.reason == .noDevice(rested: result.rested, failures: 3))
      #expect(result.end.ledger.failed == 6 && result.end.ledger.pending == 6)
    }
  }

  @Test func `who never wants to halt keeps the last device`() async throws {
    try await withTemporaryFolder { folder in
      let trial = try Trial(in: folder, spec: Self.spec + #", "limits": {"halt": "never"}"#)
      let result = try await run(trial) { .ends(.failed(.exit(code: $0.run.seed))) }
      #expect(result.rested.count == 1 && result.end.ledger.failed == 12)
    }
  }
}
