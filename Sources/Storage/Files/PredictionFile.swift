import Notation
package import Sweeps
package import Foundation

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
  /// - Throws: `PredictionChainError` where a link is broken, `StoreError` where the file cannot be read.
  package func chain() throws -> PredictionChain? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try PredictionChain(try text())
  }

  /// The digest of the last line, unchecked; 64 zeros where there is no file.
  package var head: String {
    get throws {
      guard FileManager.default.fileExists(atPath: path) else {
        return PredictionChain.noHead
      }
      let last = try text().split(separator: "\n").last.map(String.init)
      return Digest.hexadecimal(of: last ?? "")
    }
  }

  /// What a run records at its start; a file that is there and cannot be read is recorded as just that.
  package var headToRecord: String {
    do {
      return try head
    } catch {
      return "unreadable"
    }
  }

  /// Seals predictions and appends them; durable when it returns.
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
    try withLock { handle in
      let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
      var chain =
        text.isEmpty ? PredictionChain(opening: spec, at: date) : try PredictionChain(text)
      let written = text.isEmpty ? 0 : chain.lines.count
      let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
      guard change == .unchanged else {
        throw PredictionFileError.otherSpec(path: path, change: change)
      }
      for prediction in chain.news(in: predictions) {
        chain.append(prediction, nonce: nonce(), at: date)
      }
      let lines = chain.lines.dropFirst(written).map { $0 + "\n" }.joined()
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(lines.utf8))
      try handle.synchronize()
      return chain.lines.count - max(1, written)
    }
  }

  private func text() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// Holds the file for as long as the body runs, so that two writers do not link to the same line.
  private func withLock<Result>(_ body: (FileHandle) throws -> Result) throws -> Result {
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
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw PredictionFileError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    return try body(handle)
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
  /// The spec is not the one that earlier predictions were sealed with.
  case otherSpec(path: String, change: ConfigChange)
}

extension PredictionFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notWritable(let path, let reason): "'\(path)' cannot be written: \(reason)."
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
