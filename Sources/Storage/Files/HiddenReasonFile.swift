import Foundation
import Notation
package import Sweeps

/// The file `hidden-reasons.json` of a sweep: which reasons are not shown.
///
/// It stands beside the chain of predictions and not in it, because hiding proves nothing and can be taken back.
///
/// ```json
/// [{"question": "dropout", "who": "lynx 4"}]
/// ```
package struct HiddenReasonFile: Sendable {
  package let path: String

  /// The file of a sweep in a results folder.
  package init(results: String, sweepFolder: String) {
    path = results + "/" + sweepFolder + "/hidden-reasons.json"
  }

  /// Reads the reasons that are not shown; none where there is no file.
  ///
  /// - Throws: ``PredictionFileError`` where the file cannot be understood: a reason must not appear for that.
  package func reasons() throws -> Set<HiddenReason> {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let bytes = FileManager.default.contents(atPath: path).map(Array.init) ?? []
    guard case .array(let entries)? = JSON(line: bytes) else {
      throw PredictionFileError.unreadable(path: path, reason: "it is no JSON list")
    }
    return Set(
      try entries.map { entry in
        guard let who = entry.object?["who"]?.string,
          let question = entry.object?["question"]?.string
        else {
          throw PredictionFileError.unreadable(
            path: path,
            reason: "an entry has no 'who' or no 'question'"
          )
        }
        return HiddenReason(who: who, question: question)
      }
    )
  }

  /// Writes the reasons that are not shown; the file is whole at every moment.
  ///
  /// - Throws: ``PredictionFileError``.
  package func write(_ reasons: Set<HiddenReason>) throws {
    let entries = reasons.map { ($0.question, $0.who) }.sorted { $0 < $1 }
    let list = JSON.array(
      entries.map { ["question": .string($0), "who": .string($1)] }
    )
    do {
      try Data((list.pretty + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw PredictionFileError.notWritable(path: path, reason: reason(of: error))
    }
  }
}
