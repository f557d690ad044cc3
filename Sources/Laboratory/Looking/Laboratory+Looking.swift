package import Execution
import Foundation
package import Storage
package import Sweeps

/// Where a sweep stands, and the runs at work.
package struct SweepStanding: Sendable {
  package let summary: SweepSummary
  /// The names of its axes, in the spec's order.
  package let axes: [String]
  package let running: [Record]
  package let tags: [String]
  package let notes: [WrittenNote]
}

/// The runs of a sweep that were started.
package struct RunList: Sendable {
  package let axes: [String]
  package let records: [Record]
}

/// All that is known of one run.
package struct RunHistory: Sendable {
  package let sweep: SweepSummary
  package let axes: [String]
  /// Every attempt, the first one first; never empty.
  package let attempts: [Record]
  /// Where the last attempt came from.
  package let provenance: Provenance
  /// Where the files of its sweep lie.
  package let folders: SweepFolders
  package let tags: [String]
  package let notes: [WrittenNote]
  /// What was installed for its program; nil where no Python ran it.
  package let environment: String?
  /// The files that it left in its folder; none where results are kept back, for a name may hold one.
  package let artifacts: [Artifact]
}

/// What an attempt printed besides its results.
package struct AttemptLog: Sendable {
  package let record: Record
  package let path: String
  /// nil where it is kept back: the log of a run that finished may hold what it measured.
  package let bytes: [UInt8]?
}

extension Laboratory {
  /// Where sweeps stand.
  ///
  /// - Parameters:
  ///   - text: The name of a sweep or the beginning of it; nil for all.
  ///   - tag: Only sweeps that have it; nil for all.
  /// - Returns: The one that was started last first.
  /// - Throws: `StoreError`.
  package func standings(of text: String?, tag: String? = nil) throws -> [SweepStanding] {
    try reading { store in
      let sweeps = try text.map { [try store.sweep(matching: $0)] } ?? store.sweeps()
      return try sweeps.compactMap { sweep in
        let tags = try store.tags(of: .sweep(sweep))
        guard tag.map(tags.contains) ?? true else { return nil }
        return SweepStanding(
          summary: sweep,
          axes: try store.axisNames(of: sweep),
          running: try store.running(of: sweep).map(\.withoutResults),
          tags: tags,
          notes: try store.notes(of: .sweep(sweep))
        )
      }
    }
  }

  /// The runs of a sweep that were started, in the order of the grid.
  ///
  /// - Parameters:
  ///   - text: The name of a sweep or the beginning of it; nil for the newest.
  ///   - status: Only runs that stand so; nil for all.
  ///   - tag: Only runs that have it; nil for all.
  ///   - request: What is wanted while predictions are open.
  /// - Returns: The runs, without results where those are kept back.
  /// - Throws: `StoreError`.
  package func runs(
    of text: String?,
    status: RunStatus?,
    tag: String? = nil,
    _ request: Disclosure.Request
  ) throws -> Disclosed<RunList> {
    try reading { store in
      let sweep = try store.sweep(matching: text)
      let axes = try store.axisNames(of: sweep)
      let tagged = try tag.map { try store.runs(tagged: $0, of: sweep) }
      let records = try store.records(of: sweep, curves: false).filter {
        (status == nil || $0.status == status) && tagged?.contains($0.run.id) ?? true
      }
      return try disclosed(records, of: sweep, in: store, request).map {
        RunList(axes: axes, records: $0)
      }
    }
  }

  /// All that is known of a run.
  ///
  /// - Parameters:
  ///   - text: The id of the run or the beginning of it.
  ///   - name: The sweep that it is of, or the beginning of its name; nil where only one has it.
  ///   - request: What is wanted while predictions are open.
  /// - Returns: All its attempts, without results where those are kept back.
  /// - Throws: `StoreError`.
  package func history(
    ofRun text: String,
    in name: String? = nil,
    _ request: Disclosure.Request
  ) throws -> Disclosed<RunHistory> {
    try reading { store in
      let (id, sweep) = try store.run(matching: text, of: name)
      let attempts = try store.attempts(at: id, of: sweep)
      guard !attempts.isEmpty, let provenance = try store.provenance(ofRun: id, in: sweep)
      else { throw StoreError.unknownRun(text) }
      let axes = try store.axisNames(of: sweep)
      let folders = SweepFolders(results: results, folder: sweep.folder)
      let disclosed = try disclosed(attempts, of: sweep, in: store, request)
      let artifacts = disclosed.showsResults ? Artifact.all(in: folders.run(attempts[0].run)) : []
      return try disclosed.map {
        RunHistory(
          sweep: sweep,
          axes: axes,
          attempts: $0,
          provenance: provenance,
          folders: folders,
          tags: try store.tags(of: .run(id, sweep)),
          notes: try store.notes(of: .run(id, sweep)),
          environment: try provenance.environment.flatMap { try store.environment($0) },
          artifacts: artifacts
        )
      }
    }
  }

  /// The name of the sweep that a run belongs to.
  ///
  /// - Parameter text: The id of the run or the beginning of it.
  /// - Returns: nil where there is no such run, or several sweeps have it.
  /// - Throws: `StoreError`.
  package func sweep(ofRun text: String) throws -> String? {
    try reading { store in
      do {
        return try store.run(matching: text).sweep.name
      } catch StoreError.unknownRun, StoreError.ambiguous, StoreError.severalSweeps {
        return nil
      }
    }
  }

  /// What an attempt printed besides its results.
  ///
  /// - Parameters:
  ///   - text: The id of the run or the beginning of it.
  ///   - name: The sweep that it is of, or the beginning of its name; nil where only one has it.
  ///   - number: The attempt, from 1; nil for the last one.
  ///   - request: What is wanted while predictions are open.
  /// - Returns: The log, which may be kept back.
  /// - Throws: `StoreError`, or ``LaboratoryError/unknownAttempt(run:attempts:)``.
  package func log(
    ofRun text: String,
    in name: String? = nil,
    attempt number: Int?,
    _ request: Disclosure.Request
  ) throws -> Disclosed<AttemptLog> {
    try reading { store in
      let (id, sweep) = try store.run(matching: text, of: name)
      let attempts = try store.attempts(at: id, of: sweep)
      let wanted = number.map { number in attempts.filter { $0.attempt == number } } ?? attempts
      guard let record = wanted.last else {
        throw LaboratoryError.unknownAttempt(run: id, attempts: attempts.count)
      }
      let path = SweepFolders(results: results, folder: sweep.folder)
        .log(of: record.run, attempt: record.attempt)
      func log(shown: Bool) -> AttemptLog {
        // A program that printed nothing but results left no file.
        let bytes = shown ? FileManager.default.contents(atPath: path) ?? Data() : nil
        return AttemptLog(record: record.withoutResults, path: path, bytes: bytes.map(Array.init))
      }
      // Why a run failed must be seen at once, and its log holds no result that an analysis would use.
      guard record.status == .ok else { return Disclosed(log(shown: true), []) }
      let disclosure = try disclosure(of: sweep, in: store, request, hasResults: true)
      return Disclosed(log(shown: disclosure.showsResults), [disclosure])
    }
  }

  /// Finds what computes a run again.
  ///
  /// - Parameters:
  ///   - text: The id of the run or the beginning of it.
  ///   - name: The sweep that it is of, or the beginning of its name; nil where only one has it.
  ///   - program: This program's own file.
  /// - Returns: The shell command, and where the run came from.
  /// - Throws: `StoreError`, or what the command's template does.
  package func reproduction(
    ofRun text: String,
    in name: String? = nil,
    program: String
  ) throws -> (command: String, provenance: Provenance) {
    let history = try history(ofRun: text, in: name, .respectingPredictions).value
    let reproduction = Reproduction(
      run: history.attempts[0].run,
      folder: (history.sweep.file as NSString).deletingLastPathComponent,
      provenance: history.provenance,
      program: program
    )
    return (try reproduction.command, history.provenance)
  }
}
