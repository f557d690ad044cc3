import Synchronization

/// Values that are taken one after the other; the last one stays.
final class LockedList<Element: Sendable>: Sendable {
  private let rest: Mutex<[Element]>

  init(_ elements: [Element]) {
    rest = Mutex(elements)
  }

  func next() -> Element { rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}
