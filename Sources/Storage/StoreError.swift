internal import GRDB

/// What can go wrong with a results folder, each with what the user can do about it.
package enum StoreError: Error, Sendable, Equatable {
  /// There are no results in this folder.
  case missing(path: String)
  /// The file is there, but it is no database, or not one of this program.
  case notResults(path: String)
  /// A later version of this program wrote the database.
  case newer(path: String)
  /// The pages of the database contradict each other.
  case damaged(path: String, reason: String)
  case notWritable(path: String, reason: String)
  case full(path: String)
  /// The database was deleted, or another file put in its place, while it was written.
  case replaced(path: String)
  /// Another program holds the database for longer than the time that is waited.
  case locked(path: String)
  /// Another program keeps the folder to itself, as one does for the moment in which it makes the tables.
  case busy(path: String)
  /// The folder is on a network file system of this kind, where SQLite's write-ahead log is not safe.
  case network(path: String, kind: String, local: String)
  case unknownSweep(String, known: [String])
  case unknownRun(String)
  case ambiguous(String, matches: [String])
  /// A run that sweeps of several names have; nothing says which of them is meant.
  case severalSweeps(run: String, sweeps: [String])
  /// A question in SQL that cannot be answered, in SQLite's words.
  case badQuery(reason: String)
  case failed(path: String, reason: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "There are no results at '\(path)'; 'sweep run' makes them, and --results names another folder."
    case .notResults(let path):
      "The file '\(path)' is not a results database of this program. Move it away, or give another folder with --results."
    case .newer(let path):
      "The database '\(path)' was written by a newer version of this program. Use that version, or give another folder with --results."
    case .damaged(let path, let reason):
      "The database '\(path)' is damaged (\(reason)). A copy of the file helps, or 'sweep doctor --recover NEW-FOLDER', which saves all that can be read."
    case .notWritable(let path, let reason):
      "The results folder '\(path)' cannot be written: \(reason). Give another one with --results."
    case .full(let path):
      "The disk with '\(path)' is full. Every result that was announced is stored; make room and run again."
    case .replaced(let path):
      "The database '\(path)' was deleted or replaced while it was written, so that what was done since is not in it. Put the file back where it was, or run again."
    case .locked(let path):
      "Another program keeps '\(path)' locked. Close it and run again."
    case .busy(let path):
      "Another program is opening the results folder '\(path)' and does not go on; it may have been suspended. Let it go on or end it ('fuser \(path)' names it), and run again."
    case .network(let path, let kind, let local):
      "The results folder '\(path)' is on a network file system (\(kind)), where a write-ahead log is not safe. Use a local one: --results \(local)"
    case .unknownSweep(let name, let known):
      known.isEmpty
        ? "There is no sweep '\(name)'; there are no results yet."
        : "There is no sweep '\(name)'. There is: \(known.joined(separator: ", "))."
    case .unknownRun(let id):
      "There is no run '\(id)'. 'sweep runs' lists them."
    case .severalSweeps(let run, let sweeps):
      "Run \(run) is in \(sweeps.map { "'\($0)'" }.joined(separator: " and in ")). Say which with --sweep."
    case .ambiguous(let text, let matches):
      "'\(text)' may mean \(matches.prefix(5).joined(separator: ", "))\(matches.count > 5 ? ", ..." : "")."
    case .badQuery(let reason):
      "The SQL cannot be answered: \(reason). The views are \(ResultView.all.map(\.name).joined(separator: ", ")); 'sweep sql' alone lists their columns."
    case .failed(let path, let reason):
      "The database '\(path)' failed: \(reason)."
    }
  }

  /// What an error in the work with a database means; errors that are no fault of it stay as they are.
  static func meaning(of error: any Error, path: String) -> any Error {
    switch error {
    case let error as DatabaseError: StoreError(error, path: path)
    case let error as DamagedValue: StoreError.damaged(path: path, reason: error.description)
    default: error
    }
  }

  /// The meaning of an error that SQLite gave.
  private init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notResults(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_CORRUPT: self = .damaged(path: path, reason: error.message ?? "unknown")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self = .notWritable(path: path, reason: error.message ?? "unknown")
    default:
      self = .failed(
        path: path,
        reason: error.message ?? "SQLite code \(error.resultCode.rawValue)"
      )
    }
  }
}
