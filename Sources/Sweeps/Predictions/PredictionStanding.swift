package import struct Foundation.Date

/// Which of a sweep's predictions count: those that were sealed before anybody could know a result.
package struct PredictionStanding: Sendable, Equatable {
  /// What a run recorded when it started: the head of the chain at that moment.
  package struct Head: Sendable, Equatable {
    package let digest: String
    package let recorded: Date

    package init(digest: String, recorded: Date) {
      self.digest = digest
      self.recorded = recorded
    }
  }

  /// The last prediction of each person, round and question that was sealed in time.
  package private(set) var eligible: [PredictionChain.Link]
  /// Sealed after the first result: shown, never scored.
  package private(set) var late: [PredictionChain.Link]
  /// The chain's head, to be compared with one that was posted elsewhere.
  package let head: String
  /// Whether the spec is still the sealed one.
  package let change: ConfigChange

  /// Judges a chain by what the runs recorded.
  ///
  /// A seal's own time could be set back; a head that a run recorded after the first result cannot. What stands
  /// behind the first such head is late, whatever it says.
  ///
  /// - Parameters:
  ///   - chain: The checked chain.
  ///   - heads: What runs recorded at their starts, in any order.
  ///   - firstResult: When the first result was stored, nil before that.
  ///   - spec: The spec as it is run.
  /// - Throws: `PredictionChainError.headNotFound` where lines that runs knew of are gone.
  package init(
    _ chain: PredictionChain,
    heads: [Head],
    firstResult: Date?,
    spec: Spec
  ) throws(PredictionChainError) {
    let lineOfDigest = Dictionary(
      chain.digests.enumerated().map { ($1, $0 + 1) },
      uniquingKeysWith: { first, _ in first }
    )
    var lastLineInTime = chain.lines.count
    for head in heads where head.digest != PredictionChain.noHead {
      guard let line = lineOfDigest[head.digest] else {
        throw .headNotFound(head: head.digest)
      }
      if let firstResult, head.recorded > firstResult { lastLineInTime = min(lastLineInTime, line) }
    }
    func isInTime(_ link: PredictionChain.Link) -> Bool {
      guard let firstResult else { return true }
      return link.line <= lastLineInTime && link.sealedAt <= firstResult
    }
    eligible = PredictionChain.latest(of: chain.links.filter(isInTime))
    late = chain.links.filter { !isInTime($0) }
    head = chain.head
    change = ConfigChange(from: chain.config, to: spec.sealedConfig)
  }

  /// The same with each prediction as a function gives it.
  func mapping(_ transform: (Prediction) -> Prediction) -> PredictionStanding {
    func link(_ link: PredictionChain.Link) -> PredictionChain.Link {
      PredictionChain.Link(
        prediction: transform(link.prediction),
        sealedAt: link.sealedAt,
        line: link.line,
        digest: link.digest,
        origin: link.origin
      )
    }
    var standing = self
    standing.eligible = eligible.map(link)
    standing.late = late.map(link)
    return standing
  }
}
