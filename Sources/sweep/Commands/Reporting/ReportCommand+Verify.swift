import ArgumentParser
import Execution
import Notation
import Storage
import Sweeps
import Foundation
import Laboratory
import Reports

extension ReportCommand {
  /// Past this size only the report itself is tried, not its parts, in the formats that do not say which they are.
  private static let searchBytes = 20_000_000
  /// Enough to see what happened to a file.
  private static let differencesShown = 200

  /// Compares a written report with what the database gives, and names what differs.
  ///
  /// - Throws: Exit code 1 where something differs.
  func compare(_ path: String) throws {
    let written = WrittenReport(
      try Self.content(of: path),
      path: path,
      format: format.flatMap(ReportFormats.named)
    )
    let laboratory = folder.laboratory
    try laboratory.reading { store in
      let summary = try sweep(of: written, in: store)
      let figures = figures.map { link(to: URL(fileURLWithPath: $0)) } ?? written.figures
      let gathered = try laboratory.gather(
        summary,
        in: store,
        figures: figures != nil || written.format.showsFigures
      )
      let evidence = gathered.evidence
      var best: (verification: Verification, isSealable: Bool)?
      for part in try parts(
        of: written,
        evidence,
        isSealed: !store.openQuestions(of: summary).isEmpty
      ) {
        guard let report = try part.report() else { continue }
        let linked = figures.map { report.linkingFigures(in: $0) } ?? report
        let found = try verification(of: written, against: linked)
        if found.differences.count < best?.verification.differences.count ?? .max {
          best = (found, part.isSealable)
        }
        if found.differences.isEmpty { break }
      }
      guard let best else { return }
      let command = best.isSealable ? "report --verify" : nil
      try laboratory.disclosing(gathered, of: summary, in: store, by: command) { $0 }.warn()
      try tell(best.verification, written, path)
    }
  }

  /// The bytes of a file, read once: a report of a large sweep is a large file.
  private static func content(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ValidationError("'\(path)' cannot be read: \(String(cString: strerror(errno))).")
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
        throw ValidationError("'\(path)' cannot be read: \(String(cString: strerror(errno))).")
      }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// The sweep that the user names, else the one that the file is about, else the newest.
  private func sweep(of written: WrittenReport, in store: Store) throws -> SweepSummary {
    if let sweep { return try store.sweep(matching: sweep) }
    let sweeps = try store.sweeps()
    if let name = written.sweep, let named = sweeps.first(where: { $0.name == name }) {
      return named
    }
    if let run = written.run, let found = try? store.run(matching: run) { return found.sweep }
    for sweep in sweeps where try written.isTitled(sweep.name) { return sweep }
    for sweep in sweeps {
      let spec = try folder.laboratory.gather(sweep, in: store, figures: false).evidence.spec
      for title in Self.titles(of: spec) where try written.isTitled(title) { return sweep }
    }
    return try store.sweep(matching: nil)
  }

  private static func titles(of spec: Spec) -> [String] {
    ["\(spec.name): the baseline"] + spec.askedQuestions.map { "\(spec.name): \($0.id)" }
  }

  // MARK: Which report it is

  /// A report of a sweep, or of a part of it.
  private struct ReportPart {
    let title: String
    /// Whether it shows results that open predictions are about.
    let isSealable: Bool
    let report: () throws -> Report?
  }

  /// The reports that the file may be, the likeliest first.
  private func parts(
    of written: WrittenReport,
    _ evidence: Evidence,
    isSealed: Bool
  ) throws -> [ReportPart] {
    let name = evidence.spec.name
    if let part {
      return [
        ReportPart(title: name, isSealable: part != .baseline) {
          try Laboratory.report(part, of: evidence)
        }
      ]
    }
    let whole = ReportPart(title: name, isSealable: true) { Report(of: evidence) }
    let baseline = ReportPart(title: "\(name): the baseline", isSealable: false) {
      .baseline(of: evidence)
    }
    let questions = evidence.spec.askedQuestions.map { question in
      ReportPart(title: "\(name): \(question.id)", isSealable: true) {
        .question(question.id, of: evidence)
      }
    }
    let ranked = ReportPart(title: name, isSealable: true) {
      Report(of: evidence, ranksPeople: true)
    }
    let people = Set(evidence.predictions?.eligible.map(\.prediction.who) ?? []).sorted()
      .map { person in
        ReportPart(title: "\(name): \(person)", isSealable: true) { .person(person, of: evidence) }
      }
    // While predictions are open, what leaves them open is tried first.
    let all = (isSealed ? [baseline, whole] : [whole, baseline]) + [ranked] + questions + people
    guard written.title == nil else {
      let titled = try all.filter { try written.isTitled($0.title) }
      return titled.isEmpty ? [whole] : titled
    }
    return written.bytes.count > Self.searchBytes ? [whole] : all
  }

  // MARK: What differs

  private func verification(
    of written: WrittenReport,
    against report: Report
  ) throws -> Verification {
    var best: Verification?
    for width in written.widths {
      let check = EqualityCheck(written.bytes)
      try written.format.write(report, to: Destination(width: width) { check.compare($0) })
      if check.isEqual { return .identical }
      var computed: [UInt8] = []
      try written.format.write(report, to: Destination(width: width) { computed += $0.utf8 })
      let found = Verification(written.bytes, against: computed)
      if found.differences.count < best?.differences.count ?? .max { best = found }
      if found.differences.isEmpty { break }
    }
    return best ?? Verification(written.bytes, against: [])
  }

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

/// Compares a text with a file while it is made, so that a large report needs no second copy.
private final class EqualityCheck {
  private let bytes: [UInt8]
  private var place = 0
  private var matches = true

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isEqual: Bool { matches && place == bytes.count }

  func compare(_ text: String) {
    let end = place + text.utf8.count
    matches = matches && end <= bytes.count && bytes[place..<end].elementsEqual(text.utf8)
    place = end
  }
}
