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
    func disclosure(_ act: Disclosure.Act) -> Disclosure {
      Disclosure(sweep: sweep.name, openQuestions: open, act: act)
    }
    guard !open.isEmpty else { return disclosure(.none) }
    guard case .revealing(let command) = request else { return disclosure(.withheld) }
    guard hasResults else { return disclosure(.none) }
    do {
      try writing { try $0.reveal(sweep, command: command) }
      return disclosure(.revealed(isWrittenDown: true))
    } catch StoreError.notWritable {
      return disclosure(.revealed(isWrittenDown: false))
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
