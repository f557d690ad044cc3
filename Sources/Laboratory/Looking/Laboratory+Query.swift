package import Storage

extension Laboratory {
  /// Answers a question in SQL from the views; what is sealed is in none of them.
  ///
  /// - Parameters:
  ///   - question: One SELECT.
  ///   - wide: The name of a sweep, or the beginning of it, that gets the table `wide`; nil for none.
  ///   - body: Reads the answer.
  /// - Returns: What the body does, with the sweeps whose results were kept back where the question asked for any.
  /// - Throws: `StoreError`, or what the body throws.
  package func answer<Value>(
    _ question: String,
    wide: String?,
    _ body: (QueryAnswer) throws -> Value
  ) throws -> Disclosed<Value> {
    // Views come with the first start of a version that has them.
    if try reading({ try $0.isOlder }) { try writing { _ in } }
    return try reading { store in
      let sweep = try wide.map { try store.sweep(matching: $0) }
      return try store.answer(question, wide: sweep) { answer in
        let asked = answer.readsResults ? try store.sweeps() : []
        let disclosures = try asked.map {
          try disclosure(of: $0, in: store, .respectingPredictions, hasResults: true)
        }
        return Disclosed(try body(answer), disclosures)
      }
    }
  }
}
