import Foundation
import Storage
import Sweeps
import TestSupport

/// A folder with specs, small programs and results, in which `sweep` is driven.
struct SweepFolder {
  let url: URL

  /// Writes files into a folder.
  init(_ url: URL, files: [String: String]) throws {
    self.url = url
    for (name, text) in files {
      try Data(text.utf8).write(to: url.appending(component: name))
    }
  }

  /// Runs `sweep` with words that hold no blanks.
  func sweep(_ line: String, environment: [String: String] = [:]) throws -> SweepBinary.Result {
    try SweepBinary.run(
      line.split(separator: " ").map(String.init),
      in: url,
      environment: environment
    )
  }

  /// Starts `sweep` with words that hold no blanks; its output goes to `out` and `err` of a new folder.
  func start(_ line: String, environment: [String: String] = [:]) throws -> Child {
    let scratch = url.appending(component: "scratch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    return try SweepBinary.start(
      line.split(separator: " ").map(String.init),
      in: url,
      environment: environment,
      scratch: scratch
    )
  }

  /// The lines of a file; none where there is no file.
  func lines(of name: String) -> [Substring] {
    let data = FileManager.default.contents(atPath: url.appending(path: name).path) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  /// The only sweep of the results and the records of its runs.
  func stored() throws -> (sweep: SweepSummary, records: [Record], integrity: String) {
    let store = try Store.reading(from: url.appending(component: "results").path)
    let sweep = try store.sweep(matching: nil)
    return (sweep, try store.records(of: sweep), try store.integrity)
  }

  /// Waits until a condition holds.
  ///
  /// What another process does has no other sign than that it is done; a minute without it is a failure.
  func wait(until isTrue: () -> Bool) -> Bool {
    for _ in 0..<60_000 {
      if isTrue() { return true }
      usleep(1000)
    }
    return false
  }
}
