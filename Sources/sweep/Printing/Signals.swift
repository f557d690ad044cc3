import Dispatch
import Foundation
import Synchronization

/// The writing end of the pipe from the signal handler; -1 before there is one.
private let signalPipe = Atomic<Int32>(-1)

/// Makes Ctrl-C and its kin calls instead of an end of the program.
///
/// A handler of our own writes to a pipe. A signal source of Dispatch would need the signal to be ignored on
/// macOS but to be blocked in every thread on Linux, where the kernel throws away what is ignored.
/// Reference: signalfd(2); the trick is Bernstein's self-pipe, https://cr.yp.to/docs/selfpipe.html.
///
/// - Parameter act: Is told how often one of them came, from 1.
/// - Returns: The source, which watches until it is cancelled.
func watchSignals(_ act: @escaping @Sendable (_ count: Int) -> Void) -> any DispatchSourceRead {
  let counter = Counter()
  return watch([SIGINT, SIGTERM, SIGHUP]) { _ in act(counter.next()) }
}

/// Makes signals calls.
///
/// - Parameters:
///   - numbers: The signals.
///   - act: Is told which one came.
/// - Returns: The source, which watches until it is cancelled.
func watch(_ numbers: [Int32], _ act: @escaping @Sendable (Int32) -> Void) -> any DispatchSourceRead
{
  // Without a reader a line is lost, and not the sweep.
  signal(SIGPIPE, SIG_IGN)
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else {
    preconditionFailure("no pipe: \(String(cString: strerror(errno)))")
  }
  for end in ends {
    _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    _ = fcntl(end, F_SETFL, O_NONBLOCK)
  }
  signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
  let source = DispatchSource.makeReadSource(
    fileDescriptor: ends[0],
    queue: DispatchQueue(label: "signals")
  )
  source.setEventHandler { [reading = ends[0]] in
    var byte: UInt8 = 0
    while read(reading, &byte, 1) == 1 { act(Int32(byte)) }
  }
  source.activate()
  for number in numbers { catchSignal(number) }
  return source
}

/// Has Ctrl-C and its kin end the program with the exit code of the contract while nothing is at work yet.
///
/// ``watchSignals(_:)`` takes its place.
func quitOnSignals() {
  for number in [SIGINT, SIGTERM, SIGHUP] {
    let earlier = signal(number) { _ in
      let sentence: StaticString =
        "Interrupted before any run was started. The same command begins anew.\n"
      _ = write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
      _exit(130)
    }
    if unsafeBitCast(earlier, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(number, SIG_IGN)
    }
  }
}

/// Has a signal write a byte to the pipe, unless the caller had it ignored, as `nohup` does.
private func catchSignal(_ number: Int32) {
  let earlier = signal(number) { number in
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
    errno = saved
  }
  if unsafeBitCast(earlier, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
    signal(number, SIG_IGN)
  }
}

/// Counts calls, whatever thread they come from.
private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
