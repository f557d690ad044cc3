import Notation
import Storage
import Statistics
import Sweeps
import Foundation
import TestSupport
import Testing

struct PredictionFileTests {
  @Test func `sealing twice changes nothing`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      let predictions = [
        prediction("ana", spec.questions[0], .up), prediction("ben", spec.questions[0], .down),
      ]
      #expect(try file.seal(predictions, of: spec, at: moment(0)) == 2)
      let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
      #expect(try file.seal(predictions, of: spec, at: moment(10)) == 0)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
      #expect(try file.head == file.chain()?.head)
    }
  }

  @Test func `a changed spec is refused and the file is left alone`() throws {
    try withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try file.seal([prediction("ana", spec.questions[0], .up)], of: spec, at: moment(0))
      let changed = try predictedSpec(delta: "0.5")
      #expect(
        throws: PredictionFileError.otherSpec(
          path: file.path,
          change: .changed(keys: ["metrics"])
        )
      ) {
        try file.seal([prediction("ben", changed.questions[0], .up)], of: changed, at: moment(1))
      }
      #expect(try file.chain()?.links.count == 1)
    }
  }

  @Test func `people who seal at the same time do not break the chain`() async throws {
    try await withTemporaryFolder { folder in
      let spec = try predictedSpec()
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for person in 0..<20 {
          group.addTask {
            try file.seal(
              [prediction("p\(person)", spec.questions[0], .up)],
              of: spec,
              at: moment(0)
            )
          }
        }
        try await group.waitForAll()
      }
      #expect(try file.chain()?.links.count == 20)
    }
  }

  @Test func `a sweep without predictions has the head that says so`() throws {
    try withTemporaryFolder { folder in
      let file = PredictionFile(results: folder.path, sweepFolder: "p")
      let (head, chain) = (try file.head, try file.chain())
      #expect(head == PredictionChain.noHead)
      #expect(chain == nil)
    }
  }
}
