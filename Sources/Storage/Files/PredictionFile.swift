package import Foundation
import Notation
package import Sweeps

/// The file `predictions.jsonl` of a sweep, to which several people may append at the same time.
package struct PredictionFile: Sendable {
  package let path: String

  /// The file of a sweep in a results folder.
  package init(results: String, sweepFolder: String) {
    path = results + "/" + sweepFolder + "/predictions.jsonl"
  }

  /// Reads and checks the chain.
  ///
  /// - Returns: nil where nobody has predicted anything.
  /// - Throws: `PredictionChainError` where a link is broken, ``PredictionFileError`` where the file cannot be read.
  package func chain() throws -> PredictionChain? {
    try wholeText().map { try PredictionChain($0) }
  }

  /// The digest of the last line, unchecked; 64 zeros where there is no file.
  package var head: String {
    get throws {
      let last = try wholeText()?.split(separator: "\n").last.map(String.init)
      return last.map { Digest.hexadecimal(of: $0) } ?? PredictionChain.noHead
    }
  }

  /// Seals predictions and appends them, all or none; durable when it returns.
  ///
  /// A line that was not written whole, and so was never confirmed to anybody, is taken away first.
  ///
  /// What a person said last about a question is not sealed again when it has not changed.
  ///
  /// - Parameters:
  ///   - predictions: What is to be sealed.
  ///   - spec: The spec that it is about.
  ///   - date: The time of the seal.
  ///   - nonce: Draws a nonce for each seal.
  /// - Returns: How many were new.
  /// - Throws: `PredictionChainError`, `PredictionFileError`, or that the file cannot be written.
  @discardableResult
  package func seal(
    _ predictions: [Prediction],
    of spec: Spec,
    at date: Date,
    nonce: () -> String = Seal.freshNonce
  ) throws -> Int {
    try appending(of: spec, at: date) { chain in
      let news = chain.news(in: predictions)
      for prediction in news { chain.append(prediction, nonce: nonce(), at: date) }
      return news.count
    }
  }

  /// Takes over what chains of other machines hold and this one does not, all or none; durable when it returns.
  ///
  /// - Parameters:
  ///   - chains: Checked chains for the same spec, and what notes call them.
  ///   - spec: The spec that they are about.
  ///   - date: The time of the seal here.
  ///   - nonce: Draws a nonce for each seal.
  /// - Returns: What was added, and who is called otherwise here.
  /// - Throws: `PredictionChainError`, `PredictionFileError`, or that the file cannot be written.
  package func merge(
    _ chains: [(name: String, chain: PredictionChain)],
    of spec: Spec,
    at date: Date,
    nonce: () -> String = Seal.freshNonce
  ) throws -> ChainMerge {
    try appending(of: spec, at: date) { chain in
      var merge = ChainMerge(into: chain)
      for (name, other) in chains { merge.add(other, named: name) }
      for addition in merge.additions {
        chain.append(addition.prediction, nonce: nonce(), at: date, from: addition.origin)
      }
      return merge
    }
  }

  /// Appends what a body adds to the chain, while no other program does.
  func appending<Value>(
    of spec: Spec,
    at date: Date,
    _ body: (inout PredictionChain) -> Value
  ) throws -> Value {
    try withLock { descriptor in
      let content = try Self.content(of: descriptor, path)
      let text = content.whole
      var chain =
        text.isEmpty ? PredictionChain(opening: spec, at: date) : try PredictionChain(text)
      let written = text.isEmpty ? 0 : chain.lines.count
      let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
      guard change == .unchanged else {
        throw PredictionFileError.otherSpec(path: path, change: change)
      }
      let value = body(&chain)
      let lines = chain.lines.dropFirst(written).map { $0 + "\n" }.joined()
      try append(
        content.lacksLineEnd ? "\n" + lines : lines,
        to: descriptor,
        after: text.utf8.count
      )
      return value
    }
  }

  /// The lines of the file that were written whole.
  private struct Content {
    let whole: String
    /// Whether the last of them is there but for its end.
    let lacksLineEnd: Bool
    /// Whether a part of a line follows.
    let isTorn: Bool

    init(_ text: String) {
      let start = text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
      let rest = text[start...]
      lacksLineEnd = !rest.isEmpty && JSON(line: Array(rest.utf8)) != nil
      isTorn = !rest.isEmpty && !lacksLineEnd
      whole = isTorn ? String(text[..<start]) : text
    }
  }

  /// The text of the file; nil where there is none.
  private func wholeText() throws -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT else { return nil }
      throw PredictionFileError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    // Nobody reads a line that another program is just writing.
    while flock(descriptor, LOCK_SH) != 0, errno == EINTR { continue }
    let content = try Self.content(of: descriptor, path)
    guard !content.isTorn else { throw PredictionFileError.torn(path: path) }
    return content.whole
  }

  private static func content(of descriptor: Int32, _ path: String) throws -> Content {
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      return Content(String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self))
    } catch {
      throw PredictionFileError.unreadable(path: path, reason: reason(of: error))
    }
  }

  /// Writes after the whole lines, or leaves nothing but them.
  private func append(_ text: String, to descriptor: Int32, after count: Int) throws {
    func failed() -> PredictionFileError {
      let reason = String(cString: strerror(errno))
      ftruncate(descriptor, off_t(count))
      return .notWritable(path: path, reason: reason)
    }
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw failed() }
    var bytes = Array(text.utf8)[...]
    var offset = off_t(count)
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failed() }
      bytes = bytes.dropFirst(written)
      offset += off_t(written)
    }
    guard fsync(descriptor) == 0 else { throw failed() }
  }

  /// Holds the file for as long as the body runs, so that two writers do not link to the same line.
  private func withLock<Result>(_ body: (Int32) throws -> Result) throws -> Result {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
    } catch {
      throw PredictionFileError.notWritable(path: path, reason: reason(of: error))
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw PredictionFileError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw PredictionFileError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    return try body(descriptor)
  }
}

extension PredictionChain {
  /// The predictions that are not what their person said last about the question.
  fileprivate func news(in predictions: [Prediction]) -> [Prediction] {
    var said: [String: JSONObject] = [:]
    func key(_ prediction: Prediction) -> String {
      [prediction.who, "\(prediction.round)", prediction.asked.id].map(JSON.quoted)
        .joined(separator: ",")
    }
    for link in latest { said[key(link.prediction)] = link.prediction.payload(config: "") }
    return predictions.filter { prediction in
      let payload = prediction.payload(config: "")
      defer { said[key(prediction)] = payload }
      return said[key(prediction)] != payload
    }
  }
}

/// Why predictions could not be added to a sweep's file.
package enum PredictionFileError: Error, Equatable {
  case notWritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  /// The last line was not written whole.
  case torn(path: String)
  /// The spec is not the one that earlier predictions were sealed with.
  case otherSpec(path: String, change: ConfigChange)
}

extension PredictionFileError {
  /// Whether the disk is at fault and not what was asked for.
  package var isOfTheDisk: Bool {
    switch self {
    case .notWritable, .unreadable, .torn: true
    case .otherSpec: false
    }
  }
}

extension PredictionFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notWritable(let path, let reason): "'\(path)' cannot be written: \(reason)."
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)."
    case .torn(let path):
      "The last line of '\(path)' was not written whole, as when a disk is full or the power fails. It was never confirmed; the next 'sweep predict' takes it away and goes on after the line before it."
    case .otherSpec(let path, let change):
      "The spec is not the one that the predictions in '\(path)' were sealed with: \(change). Give the changed spec another name, or use another results folder."
    }
  }
}

extension ConfigChange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unchanged: "nothing was changed"
    case .extended(let from, let to): "seeds were added, from \(from) to \(to)"
    case .changed(let keys):
      keys.isEmpty
        ? "it cannot be compared"
        : "\(keys.map { "'\($0)'" }.joined(separator: ", ")) \(keys.count == 1 ? "was" : "were") changed"
    }
  }
}
