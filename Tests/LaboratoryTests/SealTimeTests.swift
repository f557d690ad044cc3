import Foundation
import GRDB
import Laboratory
import Statistics
import Storage
import Sweeps
import TestSupport
import Testing

/// A clock that was set back makes no answer early.
struct SealTimeTests {
  private static let spec = """
    { "name": "sealed", "axes": { "a": [0, 1] }, "seeds": 2,
      "command": ["sh", "-c", "echo '{{\\"final\\": {{\\"loss\\": {a}}}}}'"],
      "metrics": { "loss": { "better": "lower", "delta": 0.02 } },
      "questions": [ { "id": "q", "factor": "a", "from": 0, "to": 1, "metric": "loss" } ] }
    """

  @Test func `what is sealed after the first result is later than it, whatever the clock says`()
    async throws
  {
    try await withSweep(Self.spec) { laboratory, file, _ in
      // As if the clock had been a day ahead while the sweep ran, and all runs had begun before the first ended.
      let database = try DatabaseQueue(path: laboratory.results + "/sweeps.sqlite")
      try await database.write {
        try $0.execute(
          sql:
            "UPDATE attempt SET started = (SELECT max(started) FROM attempt) + 86400, duration = 1"
        )
      }
      try database.close()
      let questionnaire = try laboratory.questionnaire(specAt: file.path, overrides: [])
      #expect(
        try questionnaire.seal([prediction("ana", questionnaire.spec.questions[0], .up)]) == 1
      )
      let store = try Store.reading(from: laboratory.results)
      let sweep = try store.sweep(matching: nil)
      let chain = try #require(
        try PredictionFile(results: laboratory.results, sweepFolder: "sealed").chain()
      )
      let standing = try PredictionStanding(
        chain,
        heads: store.predictionHeads(of: sweep),
        firstResult: store.firstResult(of: sweep),
        spec: questionnaire.spec
      )
      #expect(standing.eligible.isEmpty && standing.late.count == 1)
    }
  }
}
