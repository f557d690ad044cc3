import Dispatch

/// Does what blocks on a thread of its own, one thing after the other, so that requests do not wait for it.
struct BlockingWork: Sendable {
  private let queue: DispatchQueue

  /// - Parameter name: What the thread is called in a debugger.
  init(_ name: String) {
    queue = DispatchQueue(label: name)
  }

  func result<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
