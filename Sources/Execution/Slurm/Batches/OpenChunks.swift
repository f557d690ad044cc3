import Foundation
import Storage
import Sweeps

/// What earlier sessions handed to a cluster and whose ends are not in the store.
struct OpenChunks {
  /// By the name of a batch, the ids of the runs of each task.
  private(set) var chunks: [String: [[String]]] = [:]
  /// The runs that were to be kept as a whole.
  private(set) var runs: [String: Run] = [:]

  /// Reads the folders of batches.
  ///
  /// What a task has sealed and what lies in the inbox no more was stored before its file was taken away. The order
  /// counts: a run is noted as sealed after its segment was there.
  ///
  /// - Parameters:
  ///   - batches: Those that are open.
  ///   - wanted: The ids of the runs to keep; the others are known by their ids alone.
  init(of batches: [Batch], keeping wanted: Set<String>) {
    for batch in batches {
      let folder = BatchFolder(batch.folder)
      guard let all = folder.readRuns() else { continue }
      let sealed = (0..<all.taskCount).map { folder.sealedRuns(ofTask: $0) }
      var waiting: Set<String> = []
      for path in folder.segments() {
        guard let bytes = FileManager.default.contents(atPath: path), let segment = Segment(bytes)
        else { continue }
        for case .ended(let ending) in segment.lines { waiting.insert(ending.run) }
      }
      chunks[batch.name] = (0..<all.taskCount).map { task in
        let open = all.runs(ofTask: task).filter {
          !sealed[task].contains($0.id) || waiting.contains($0.id)
        }
        for run in open where wanted.contains(run.id) { runs[run.id] = run }
        return open.map(\.id)
      }
    }
  }
}
