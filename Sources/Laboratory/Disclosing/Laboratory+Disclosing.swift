import Storage
import Sweeps

extension Laboratory {
  /// Decides what may be shown of a sweep, and writes a reveal down before anything is shown.
  ///
  /// - Parameters:
  ///   - sweep: The sweep.
  ///   - store: Where it lies.
  ///   - request: What the caller wants while predictions are open.
  ///   - hasResults: Whether what is to be shown holds any result; only then there is something to write down.
  /// - Returns: What was decided.
  /// - Throws: `StoreError`.
  func disclosure(
    of sweep: SweepSummary,
    in store: Store,
    _ request: Disclosure.Request,
    hasResults: Bool
  ) throws -> Disclosure {
    let open = try store.openQuestions(of: sweep)
    func disclosure(_ act: Disclosure.Act, sealed: [String]) -> Disclosure {
      Disclosure(sweep: sweep.name, openQuestions: open, act: act, sealedQuestions: sealed)
    }
    guard !open.isEmpty else { return disclosure(.none, sealed: []) }
    guard case .revealing(let questions, let command) = request else {
      return disclosure(.withheld, sealed: open)
    }
    let revealed = open.filter { questions?.contains($0) ?? true }
    let sealed = open.filter { !revealed.contains($0) }
    guard !revealed.isEmpty else { return disclosure(.withheld, sealed: sealed) }
    guard hasResults else { return disclosure(.none, sealed: sealed) }
    do {
      try writing { try $0.reveal(revealed, of: sweep, command: command) }
      return disclosure(.revealed(isWrittenDown: true), sealed: sealed)
    } catch StoreError.notWritable {
      return disclosure(.revealed(isWrittenDown: false), sealed: sealed)
    }
  }

  /// Records as they may be shown.
  func disclosed(
    _ records: [Record],
    of sweep: SweepSummary,
    in store: Store,
    _ request: Disclosure.Request
  ) throws -> Disclosed<[Record]> {
    let disclosure = try disclosure(
      of: sweep,
      in: store,
      request,
      hasResults: records.contains { $0.status.isConcluded }
    )
    return Disclosed(
      disclosure.showsResults ? records : records.map(\.withoutResults),
      [disclosure]
    )
  }
}
