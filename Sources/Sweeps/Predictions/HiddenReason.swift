/// A reason that the teacher does not want shown: what one person wrote about one question, in both rounds.
///
/// The sealed line keeps it, for a seal cannot be taken back; what is made of the chain leaves it out.
package struct HiddenReason: Sendable, Hashable {
  package let who: String
  /// The question's id.
  package let question: String

  package init(who: String, question: String) {
    self.who = who
    self.question = question
  }
}

extension PredictionStanding {
  /// The same predictions without some reasons.
  package func hiding(_ reasons: Set<HiddenReason>) -> PredictionStanding {
    guard !reasons.isEmpty else { return self }
    return mapping { prediction in
      reasons.contains(HiddenReason(who: prediction.who, question: prediction.asked.id))
        ? prediction.withoutReason : prediction
    }
  }
}
