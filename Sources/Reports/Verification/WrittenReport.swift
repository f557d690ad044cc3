import Foundation

/// A report as it lies in a file: in which format, about what.
package struct WrittenReport: Sendable {
  package let format: any ReportFormat.Type
  package let bytes: [UInt8]
  /// The line that names the report, in the formats that have one.
  package let title: String?
  /// Whether colours were taken out of it.
  package let hadColors: Bool

  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - path: Its path, whose ending says the format.
  ///   - format: The format where it is known.
  package init(_ bytes: [UInt8], path: String, format: (any ReportFormat.Type)? = nil) {
    let ending = (path as NSString).pathExtension.lowercased()
    let found = format ?? ReportFormats.named(ending) ?? Self.format(of: bytes)
    let plain = found.name == Terminal.name ? Self.withoutColors(bytes) : bytes
    self.format = found
    self.bytes = plain
    hadColors = plain.count != bytes.count
    title = Self.title(of: plain, found)
  }

  /// The format that a file's first characters have.
  private static func format(of bytes: [UInt8]) -> any ReportFormat.Type {
    let start = String(decoding: bytes.prefix(200), as: UTF8.self)
      .trimmingCharacters(in: CharacterSet(charactersIn: "\u{FEFF} \r\n\t"))
    if start.hasPrefix("{\"kind\":") { return JSONLines.self }
    if start.hasPrefix("{") { return JSONDocument.self }
    if start.lowercased().hasPrefix("<!doctype html") { return HTML.self }
    if start.hasPrefix("# ") { return Markdown.self }
    return start.hasPrefix("run,status,attempt,") ? CSV.self : Terminal.self
  }

  private static func withoutColors(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x1B) else { return bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    return Array(text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "").utf8)
  }

  /// Where a title stands: in the first line, and of a page between its marks.
  private static func title(of bytes: [UInt8], _ format: any ReportFormat.Type) -> String? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    switch format.name {
    case HTML.name:
      let text = String(decoding: bytes.dropFirst(start).prefix(1 << 20), as: UTF8.self)
      return text.firstMatch(of: #/<title>(.*?)<\/title>/#).map { String($0.output.1) }
    case Markdown.name, Terminal.name:
      let line = bytes.dropFirst(start).prefix { $0 != 0x0A && $0 != 0x0D }
      return String(decoding: line, as: UTF8.self)
    default: return nil
    }
  }

  /// The sweep that a document or its first line names.
  package var sweep: String? {
    guard format.name == JSONDocument.name || format.name == JSONLines.name else { return nil }
    let text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
    let name = text.firstMatch(of: #/"sweep"\s*:\s*("(?:[^"\\]|\\.)*")/#)
    return name.flatMap { try? JSONDecoder().decode(String.self, from: Data($0.output.1.utf8)) }
  }

  /// The first run that a table names.
  package var run: String? {
    guard format.name == CSV.name else { return nil }
    let lines = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    return lines.dropFirst().first?.split(separator: ",").first.map(String.init)
  }

  /// Whether a report of this title would be named as this one is.
  ///
  /// - Throws: What rendering throws.
  package func isTitled(_ title: String) throws -> Bool {
    let report = Report(title: title, sections: [], runs: RunsTable(header: [], rows: []))
    let rendered = Array(try format.render(report).utf8)
    return try self.title == Self.title(of: rendered, format)
      || format.name == Terminal.name && isWrapped(title)
  }

  /// A title longer than the terminal was wide goes on in the next line.
  private func isWrapped(_ title: String) throws -> Bool {
    guard let first = self.title, !first.isEmpty else { return false }
    let whole = TerminalText.visible(title)
    return TerminalText.columns(whole) > TerminalText.columns(first)
      && TerminalText.wrapped(whole, width: TerminalText.columns(first)).first == first
  }

  /// The folder of the figures that Markdown links to; nil where it links to none.
  package var figures: String? {
    guard format.name == Markdown.name else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.firstMatch(of: #/!\[[^\n]*\]\(([^)\n]*)\/[^\/)\n]+\.svg\)/#)
      .map { String($0.output.1) }
  }

  /// The widths that it may have been fitted to, the most likely first; one without meaning for other formats.
  package var widths: [Int] {
    guard format.name == Terminal.name else { return [80] }
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
    let widest = lines.map { TerminalText.columns(String(decoding: $0, as: UTF8.self)) }.max() ?? 80
    let usual = [80, 100, 120, 132].filter { $0 >= widest }
    return usual + (widest...widest + 60).filter { !usual.contains($0) }
  }
}
