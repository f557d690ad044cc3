/// The runs that a store holds of a sweep, found by their ids.
///
/// An id is 16 hexadecimal digits: a number of eight bytes, while a text of that length is an object of its own. A million
/// runs take 24 MB.
package struct StoredRuns: Sendable, Equatable {
  package struct Element: Sendable, Equatable {
    fileprivate let id: UInt64
    package let run: StoredRun

    /// nil where the id is not made of hexadecimal digits.
    package init?(id: String, run: StoredRun) {
      guard let number = UInt64(id, radix: 16) else { return nil }
      self.id = number
      self.run = run
    }
  }

  /// With ascending ids.
  private var elements: [Element] = []

  package init() {}

  /// Takes in runs whose ids differ.
  ///
  /// - Parameters:
  ///   - count: About how many there are.
  ///   - next: Gives the next one, and nil after the last.
  package init(count: Int, next: () throws -> Element?) rethrows {
    elements.reserveCapacity(count)
    while let element = try next() { elements.append(element) }
    elements.sort { $0.id < $1.id }
  }

  package var count: Int { elements.count }
  /// Runs that came to an end.
  package var concludedCount: Int { elements.count { $0.run.status.isConcluded } }

  /// The run of an id; nil where it is not stored.
  ///
  /// - Complexity: A binary search.
  package subscript(id: String) -> StoredRun? { self[UInt64(runID: id)] }

  subscript(id: UInt64) -> StoredRun? {
    var (low, high) = (0, elements.count)
    while low < high {
      let middle = (low + high) / 2
      if elements[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < elements.count && elements[low].id == id ? elements[low].run : nil
  }

  /// How many came to an end and are not among some ids.
  func concludedCount(outside ids: Set<UInt64>) -> Int {
    elements.count { $0.run.status.isConcluded && !ids.contains($0.id) }
  }
}

extension UInt64 {
  /// The number that a run's id is.
  init(runID id: String) {
    guard let number = UInt64(id, radix: 16) else {
      preconditionFailure("the id '\(id)' is not 16 hexadecimal digits")
    }
    self = number
  }
}
