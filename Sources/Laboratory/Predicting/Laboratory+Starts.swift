import Reports
import Storage
import Sweeps

extension Laboratory {
  /// What questions start from, by the id of the question, for a sheet on which they are answered.
  ///
  /// - Parameters:
  ///   - questions: What is asked, in its order.
  ///   - spec: The spec that asks it.
  /// - Returns: Nothing of a question whose start has not run, and nothing at all where the sweep has other axes.
  /// - Throws: `StoreError`, `SpecFaults`, or `SpecError`.
  func starts(
    of questions: [AskedQuestion],
    in spec: Spec
  ) throws -> [String: PaperSheet.Start] {
    let found = try readingIfStarted { store -> [String: PaperSheet.Start] in
      guard let sweep = try store.sweeps().first(where: { $0.isNamed(spec.name) }) else {
        return [:]
      }
      let stored = try Spec.stored(
        text: try store.specText(of: sweep),
        directory: store.folder,
        trainer: builtInTrainer
      )
      guard stored.axes.map(\.name) == spec.axes.map(\.name) else { return [:] }
      let ended = try store.records(of: sweep, curves: false).filter { $0.status == .ok }
      let visible = VisibleStarts(
        of: questions,
        spec: stored,
        cells: Set(ended.map(\.run.levels))
      )
      return try visible.starts.mapValues { start in
        switch start {
        case .answers(let other): return .keptBack(answering: other)
        case .shown(let cells):
          let ids = ended.filter { cells.contains($0.run.levels) }.map(\.run.id)
          return .runs(try store.records(of: sweep, runs: ids), cells: cells.count)
        }
      }
    }
    return found ?? [:]
  }
}
