import Foundation
import Notation
import Storage
package import Sweeps

/// Where the files of one sweep lie; all paths are absolute.
package struct SweepFolders: Sendable, Equatable {
  /// `results/<sweep>`.
  package let root: String
  package let logs: String
  package let runs: String
  /// What runs at work have printed of their curves, for those who look on; gone when nothing is at work.
  package let live: String

  /// - Parameters:
  ///   - results: The results folder, as an absolute path.
  ///   - folder: The name of the sweep's folder in it.
  package init(results: String, folder: String) {
    root = results + "/" + folder
    (logs, runs, live) = (root + "/logs", root + "/runs", root + "/live")
  }

  /// - Parameters:
  ///   - root: The folder of a batch of a cluster.
  ///   - start: Names one start of a task, which has its logs to itself.
  ///   - runs: The folder of the runs' own folders, which all starts share.
  package init(root: String, start: String, runs: String) {
    self.root = root
    self.runs = runs
    (logs, live) = ("\(root)/logs/\(start)", "\(root)/live/\(start)")
  }

  package var predictions: String { root + "/predictions.jsonl" }

  /// The folder that is a run's own and is kept.
  package func run(_ run: Run) -> String { runs + "/" + run.id }
  package func settings(of run: Run) -> String { self.run(run) + "/settings.json" }
  package func log(of run: Run, attempt: Int) -> String { "\(logs)/\(run.id)-\(attempt).log" }

  package func liveCurve(of run: Run, attempt: Int) -> String {
    "\(live)/\(run.id)-\(attempt).jsonl"
  }

  /// A file with results, in the run's folder.
  package func results(_ file: String, of run: Run) -> String { self.run(run) + "/" + file }

  /// Makes the folders that all runs share.
  ///
  /// - Throws: ``StoreError``.
  func prepare() throws {
    // What a coordinator that was killed left.
    removeLiveCurves()
    do {
      for folder in [logs, runs, live] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
      throw StoreError.full(path: root)
    } catch {
      throw StoreError.notWritable(path: root, reason: reason(of: error))
    }
  }

  /// Takes away what stood there for those who look on.
  func removeLiveCurves() {
    try? FileManager.default.removeItem(atPath: live)
  }

  /// Makes a run's folder with its settings, and takes away what an earlier attempt left for others to read.
  ///
  /// System calls and not Foundation, whose writing waits for the disk: no result depends on these files.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - files: What only this attempt may have left when it has ended, such as the file of its metrics.
  /// - Throws: ``StoreError``.
  func prepare(_ run: Run, removing files: [String]) throws {
    for file in files { remove(file, of: run) }
    guard mkdir(self.run(run), 0o755) == 0 || errno == EEXIST else { throw failure(errno) }
    var status = stat()
    guard lstat(self.run(run), &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw failure(ENOTDIR)
    }
    // A link that somebody put there must not lead what is written out of the folder.
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
    let file = open(settings(of: run), flags, 0o644)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    let text = Array((JSON.object(run.settings).text + "\n").utf8)
    guard text.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == text.count else {
      // A disk that takes a part of so short a text has no room for the rest.
      throw StoreError.full(path: root)
    }
  }

  /// Takes away a file that an earlier attempt left in the run's folder.
  ///
  /// Only a plain file, and no link on the way to it is followed: what lies elsewhere is not the run's.
  private func remove(_ file: String, of run: Run) {
    guard ResultsSource.isOwn(file) else { return }
    var steps = file.split(separator: "/").map(String.init)
    let name = steps.removeLast()
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var folder = open(self.run(run), flags)
    for step in steps where folder >= 0 {
      let next = openat(folder, step, flags)
      close(folder)
      folder = next
    }
    guard folder >= 0 else { return }
    defer { close(folder) }
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return }
    unlinkat(folder, name, 0)
  }

  private func failure(_ code: Int32) -> StoreError {
    code == ENOSPC
      ? .full(path: root) : .notWritable(path: root, reason: String(cString: strerror(code)))
  }
}
