package import Notation

/// The digest of everything a run with these settings reads: its data set and the weights it starts from.
///
/// - Parameters:
///   - values: The settings of a run that say what it reads, or all of them; those at their default left out or not.
///   - folder: What paths in them are relative to; the working directory where it is empty.
/// - Returns: 64 hex digits (SHA-256).
/// - Throws: `TrainingError` for values that a setting does not take, or files that are missing.
package func dataDigest(of values: JSONObject, in folder: String = "") throws -> String {
  // Not the checked whole: without its model, the curve would be refused as no image.
  let given = try GivenSettings(values, table: TrainingSettings.table, folder: folder)
  var lines: [String] = []
  switch try DatasetSource(given["dataset"]) {
  case .bundled(let bundled):
    lines.append("\(bundled.rawValue)\n")
    for name in bundled.fileNames { lines.append(line(name, try EmbeddedFile.bytes(name))) }
  case .idx(let folder):
    for name in try FileContent.names(in: folder) where name.contains("-idx") {
      let bytes = try FileContent.read("\(folder)/\(name)")
      lines.append(bytes.withUnsafeBytes { line(name, $0) })
    }
  case .pictures(let source):
    lines.append("\(source.side)\n")
    for path in try ImageFolder(source).files() {
      let bytes = try FileContent.read(path)
      let name =
        path.hasPrefix(source.folder) ? String(path.dropFirst(source.folder.count)) : "labels"
      lines.append(bytes.withUnsafeBytes { line(name, $0) })
    }
  }
  switch BodySource(given["body"]) {
  case .none: break
  case .letters: lines.append(line("body", try EmbeddedFile.bytes("letters-body")))
  case .named(let body): lines.append("\(body.digest) body\n")
  case .file(let path):
    lines.append(try FileContent.read(path).withUnsafeBytes { line("body", $0) })
  }
  return Digest.hexadecimal(of: lines.joined())
}

private func line(_ name: String, _ bytes: UnsafeRawBufferPointer) -> String {
  "\(Digest.hexadecimal(of: bytes)) \(name)\n"
}
