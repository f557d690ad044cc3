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
    try mapping { try file.wholeText() }.map { try PredictionChain($0) }
  }

  /// The digest of the last line, unchecked; 64 zeros where there is no file.
  package var head: String {
    get throws {
      let last = try mapping { try file.wholeText() }?.split(separator: "\n").last.map(String.init)
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

  /// Made for its owner alone: who answered what is nobody else's business before all have.
  private var file: ChainedFile { ChainedFile(path: path, mode: 0o600) }

  /// Does something with the file, whose faults are those of a file of predictions.
  private func mapping<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ChainedFileError {
      switch error {
      case .notWritable(let path, let reason):
        throw PredictionFileError.notWritable(path: path, reason: reason)
      case .unreadable(let path, let reason):
        throw PredictionFileError.unreadable(path: path, reason: reason)
      case .torn(let path): throw PredictionFileError.torn(path: path)
      }
    }
  }

  /// Appends what a body adds to the chain, while no other program does.
  func appending<Value>(
    of spec: Spec,
    at date: Date,
    _ body: (inout PredictionChain) -> Value
  ) throws -> Value {
    try mapping {
      try file.appending { text in
        var chain =
          text.isEmpty ? PredictionChain(opening: spec, at: date) : try PredictionChain(text)
        let written = text.isEmpty ? 0 : chain.lines.count
        let change = ConfigChange(from: chain.config, to: spec.sealedConfig)
        guard change == .unchanged else {
          throw PredictionFileError.otherSpec(path: path, change: change)
        }
        let value = body(&chain)
        return (Array(chain.lines.dropFirst(written)), value)
      }
    }
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
