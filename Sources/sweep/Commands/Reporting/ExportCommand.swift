import ArgumentParser
import Foundation
import Laboratory
import Notation
import Reports

/// Hands a sweep's curves to other programs.
struct ExportCommand: ParsableCommand {
  /// The programs and kinds of file that are written to.
  enum Target: String, CaseIterable { case tensorboard, csv, jsonl }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a sweep's curves for TensorBoard, or as one long CSV or JSON Lines file.",
    usage: "sweep export [<sweep>] --to tensorboard DIR | csv [FILE] | jsonl [FILE]",
    discussion: """
      For TensorBoard each run becomes a folder with its scalars; runs of one cell are one group of the \
      HParams tab. CSV has a row per run, point and metric, JSONL a line per point; both go to standard \
      output unless a file is named.
      """
  )

  @Argument(
    help: "The name of a sweep or the beginning of it (default: the newest).",
    completion: CompletedName.sweep
  )
  var sweep: String?

  @OptionGroup var folder: ResultsOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "\(Target.allCases.map(\.rawValue).joined(separator: ", ")), and where to.",
      valueName: "target"
    )
  )
  var to: [String]

  @OptionGroup var redacting: RedactOptions

  func validate() throws {
    guard let name = to.first, let target = Target(rawValue: name) else {
      let known = Target.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw ValidationError(.badValue, "Unknown target '\(to.first ?? "")'. There is \(known).")
    }
    guard to.count <= 2 else {
      throw ValidationError(
        .extraWord,
        "'\(to[2])' is too much: the name of a sweep stands before --to."
      )
    }
    guard target != .tensorboard || to.count == 2 else {
      throw ValidationError(.missing, "TensorBoard reads a folder: --to tensorboard DIR.")
    }
    guard target != .tensorboard || !redacting.redact else {
      throw ValidationError(.exclusive, "--redact writes text: export to csv or jsonl.")
    }
  }

  func run() throws {
    guard let target = to.first.flatMap(Target.init) else { return }
    let place = to.dropFirst().first
    if target == .tensorboard {
      let board = try folder.laboratory.tensorBoard(of: sweep, by: "export")
      board.warn()
      return try write(board.value, to: place ?? "")
    }
    let curves = try folder.laboratory.curves(of: sweep, by: "export")
    curves.warn()
    let redaction = try redacting.redaction(of: sweep, in: folder.laboratory)
    try writing(to: place) { destination in
      try destination.redacting(redaction) {
        if target == .csv {
          try curves.value.writeCSV(to: $0)
        } else {
          try curves.value.writeJSONLines(to: $0)
        }
      }
    }
  }

  private func write(_ board: TensorBoard, to folder: String) throws {
    var count = 0
    try board.forEachFile { file in
      let directory = URL(fileURLWithPath: folder).appending(path: file.folder)
      do {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        // An export can be made again: waiting until ten thousand files are on the disk would take minutes.
        try Data(file.bytes).write(to: directory.appending(component: TensorBoard.fileName))
      } catch {
        throw OutputFile.Failure(path: directory.path, reason: error.reason)
      }
      count += file.folder.isEmpty ? 0 : 1
    }
    printError(
      "\(count.grouped) run\(count == 1 ? "" : "s") written; 'tensorboard --logdir \(folder)' shows them."
    )
  }
}
