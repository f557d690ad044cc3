import ArgumentParser
import Foundation
import Laboratory
import Notation
import Reports

extension ReportCommand {
  /// Enough to see what happened to a file.
  private static let differencesShown = 200

  /// Makes a written report again from the database and names what differs.
  ///
  /// - Throws: Exit code 1 where something differs, or where the file does not say what made it.
  func compare(_ path: String) throws {
    let written = WrittenReport(try Self.content(of: path))
    guard let origin = written.origin else {
      try Output.standard.line(
        "\(path): does not say what made it, as reports of earlier versions do not; write it anew."
      )
      throw ExitCode.failure
    }
    let verification =
      switch origin {
      case .arguments(let arguments): try self.verification(of: written, arguments)
      case .runs(let first): try self.verification(of: written, firstRun: first)
      }
    verification.warn()
    try tell(verification.value, written, path)
  }

  /// The bytes of a file, read once: a report of a large sweep is a large file.
  private static func content(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ValidationError(
        .unreadableFile,
        "'\(path)' cannot be read: \(String(cString: strerror(errno)))."
      )
    }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw ValidationError(
          .unreadableFile,
          "'\(path)' cannot be read: \(String(cString: strerror(errno)))."
        )
      }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  private func verification(
    of written: WrittenReport,
    _ arguments: ReportArguments
  ) throws -> Disclosed<Verification> {
    guard let format = ReportFormats.named(arguments.format) else {
      throw ValidationError(.badValue, "Unknown format '\(arguments.format)'.")
    }
    if arguments.version != Laboratory.version {
      printError("Note: Version \(arguments.version) wrote it; this is \(Laboratory.version).")
    }
    let request = ReportRequest(
      sweep: sweep ?? arguments.subject.sweep,
      part: arguments.subject.part,
      showsFigures: format.showsFigures || arguments.figures != nil,
      onlyVersion: onlyVersion ?? arguments.subject.onlyVersion
    )
    func compared(_ request: ReportRequest) throws -> Disclosed<Verification> {
      try folder.laboratory.report(request, by: "report --verify").map { report in
        try Verification(of: written, against: report, format) { write in
          Destination(
            width: arguments.width ?? 80,
            figures: arguments.figures,
            version: arguments.version,
            write: write
          )
        }
      }
    }
    let whole = try compared(request)
    guard case .question = request.part, !whole.value.differences.isEmpty else { return whole }
    // A page that was written while other questions were sealed shows less of this one.
    let alone = try compared(
      ReportRequest(
        sweep: request.sweep,
        part: request.part,
        showsFigures: request.showsFigures,
        isAlone: true,
        onlyVersion: request.onlyVersion
      )
    )
    return alone.value.differences.isEmpty ? alone : whole
  }

  /// A table of runs is that of the baseline cell, which leaves predictions open, or that of all.
  ///
  /// Of one version's runs it does not say so: the caller does, with `--only-version`.
  private func verification(
    of written: WrittenReport,
    firstRun: String?
  ) throws -> Disclosed<Verification> {
    let laboratory = folder.laboratory
    let named = try firstRun.flatMap(laboratory.sweep(ofRun:))
    func compared(_ part: ReportPart) throws -> Disclosed<Verification> {
      let request = ReportRequest(
        sweep: named ?? sweep,
        part: part,
        showsFigures: false,
        onlyVersion: onlyVersion
      )
      return try laboratory.report(request, by: "report --verify").map { report in
        try Verification(of: written, against: report, CSV.self) { Destination(write: $0) }
      }
    }
    let baseline = try compared(.baseline)
    return baseline.value.differences.isEmpty ? baseline : try compared(.whole)
  }

  // MARK: What differs

  private func tell(_ verification: Verification, _ written: WrittenReport, _ path: String) throws {
    for note in verification.notes { printError("Note: \(note)") }
    if written.hadColors { printError("Note: Its colours were not compared.") }
    let differences = verification.differences
    for difference in differences.prefix(Self.differencesShown) {
      try Output.standard.line(text(difference, path: path))
    }
    if differences.count > Self.differencesShown {
      try Output.standard.line(
        "... and \((differences.count - Self.differencesShown).grouped) more"
      )
    }
    guard differences.isEmpty else {
      try Output.standard.line("\(path): \(summary(differences)) from what the database gives.")
      throw ExitCode.failure
    }
    let count = numberCount(written.bytes)
    try Output.standard.line(
      "\(path): \(count.grouped) number\(count == 1 ? "" : "s"), all as the database gives them."
    )
  }

  private func numberCount(_ bytes: [UInt8]) -> Int {
    bytes.split(separator: 0x0A).reduce(0) { $0 + WrittenNumbers(in: $1).ranges.count }
  }

  private func text(_ difference: Verification.Difference, path: String) -> String {
    switch difference {
    case .number(let line, let written, let computed, let context):
      "\(path):\(line): says \(written), the database gives \(computed): \(cut(context))"
    case .words(let line, let written, let computed):
      "\(path):\(line): other words\n  written:  \(cut(written))\n  database: \(cut(computed))"
    case .extra(let line, let written):
      "\(path):\(line): not in the report: \(cut(written))"
    case .missing(let line, let computed):
      "\(path):\(line): after this line is missing: \(cut(computed))"
    }
  }

  /// A line of a page or of data may be very long, and a file may hold what a terminal would obey.
  private func cut(_ line: String) -> String {
    let line = TerminalText.visible(line)
    return line.count > 300 ? line.prefix(300) + "…" : line
  }

  private func summary(_ differences: [Verification.Difference]) -> String {
    let numbers = differences.count {
      if case .number = $0 { true } else { false }
    }
    let lines = differences.count - numbers
    let parts = [
      numbers == 0 ? nil : "\(numbers.grouped) number\(numbers == 1 ? "" : "s")",
      lines == 0 ? nil : "\(lines.grouped) line\(lines == 1 ? "" : "s") of words",
    ].compactMap(\.self)
    return parts.joined(separator: " and ") + (differences.count == 1 ? " differs" : " differ")
  }
}
