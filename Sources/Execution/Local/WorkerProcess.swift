import Dispatch
import Foundation
import Subprocess
import Sweeps
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program that makes one run after another: it takes each as a line, and ends it with its final line.
///
/// It is read only while it has a run. What it printed on standard error before a line of standard output is taken in
/// before that line, so that no run's words stand in the log of another.
final class WorkerProcess: Sendable {
  /// How the program ended, and why where that came from here.
  struct End: Sendable {
    let status: TerminationStatus
    let reason: ProcessGroups.Ending?
  }

  /// Bytes of one look at a pipe; more than one holds, unless its owner made it larger.
  private static let chunkBytes = 1 << 20
  /// Milliseconds after which a look is taken at whether the program is still there: something that it started
  /// and that left its group may keep the pipe open.
  private static let patienceMilliseconds: Int32 = 500

  private struct State {
    var hasEnded = false
    var isClosed = false
    var isDistrusted = false
    var runs = 0
  }

  /// The process group, whose leader it is.
  let group: pid_t
  private let input: FileDescriptor
  private let output: FileDescriptor
  private let errors: FileDescriptor
  private let ending: Task<End, any Error>
  private let state: SharedState
  /// A thread on which waiting for the program blocks nobody else.
  private let queue = DispatchQueue(label: "worker")

  /// Shared with the task that waits for the end, which begins before the rest is known.
  private final class SharedState: Sendable {
    let value = Mutex(State())
  }

  private init(
    group: pid_t,
    pipes: (input: FileDescriptor, output: FileDescriptor, errors: FileDescriptor),
    ending: Task<End, any Error>,
    state: SharedState
  ) {
    self.group = group
    (input, output, errors) = pipes
    self.ending = ending
    self.state = state
  }

  deinit {
    closeInput()
    try? output.close()
    try? errors.close()
  }

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - configuration: What to start, as the leader of a process group.
  ///   - groups: Is told that the group begins, and that it ended.
  /// - Returns: The program, with nothing given to it.
  /// - Throws: When the pipes or the process cannot be made.
  static func start(
    _ configuration: Configuration,
    in groups: ProcessGroups
  ) async throws -> WorkerProcess {
    // A program that ended must not take along whoever still writes to it.
    signal(SIGPIPE, SIG_IGN)
    let (inputs, outputs, errors) = (try pipe(), try pipe(), try pipe())
    let own = (inputs.writeEnd, outputs.readEnd, errors.readEnd)
    for end in [own.0, own.1, own.2] { _ = fcntl(end.rawValue, F_SETFL, O_NONBLOCK) }
    let state = SharedState()
    let (started, tell) = AsyncStream<pid_t>.makeStream()
    let ending = Task {
      defer { tell.finish() }
      var group: pid_t?
      let result: Result<TerminationStatus, any Error>
      do {
        let ended = try await Subprocess.run(
          configuration,
          input: .fileDescriptor(inputs.readEnd, closeAfterSpawningProcess: true),
          output: .fileDescriptor(outputs.writeEnd, closeAfterSpawningProcess: true),
          error: .fileDescriptor(errors.writeEnd, closeAfterSpawningProcess: true)
        ) { execution in
          let leader = execution.processIdentifier.value
          group = leader
          groups.began(leader)
          tell.yield(leader)
        }
        result = .success(ended.terminationStatus)
      } catch {
        result = .failure(error)
      }
      let reason = group.flatMap { groups.ended($0) }
      state.value.withLock { $0.hasEnded = true }
      return End(status: try result.get(), reason: reason)
    }
    for await group in started {
      return WorkerProcess(group: group, pipes: own, ending: ending, state: state)
    }
    for end in [own.0, own.1, own.2] { try? end.close() }
    throw await ending.failure ?? CancellationError()
  }

  /// A pipe that no other program inherits.
  private static func pipe() throws -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
    let ends = try FileDescriptor.pipe()
    for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    return ends
  }

  /// Whether it ended.
  var hasEnded: Bool { state.value.withLock { $0.hasEnded } }

  /// How many runs it was given.
  var runs: Int { state.value.withLock { $0.runs } }

  /// Whether it printed results that belong to no run.
  var isDistrusted: Bool { state.value.withLock { $0.isDistrusted } }

  /// Notes that it printed results that belong to no run, so that it is given no other.
  func distrust() { state.value.withLock { $0.isDistrusted = true } }

  /// Waits for its end, for which its input is closed.
  ///
  /// - Returns: How it ended.
  /// - Throws: When the system did not say.
  func end() async throws -> End {
    closeInput()
    return try await ending.value
  }

  /// Says that there are no more runs.
  func closeInput() {
    let isOpen = state.value.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    if isOpen { try? input.close() }
  }

  // MARK: A run

  /// Takes what it printed without a run.
  ///
  /// - Returns: Both streams; lines of the protocol among them belong to no run.
  func idleWords() -> (output: [UInt8], errors: [UInt8]) {
    (Self.read(output).bytes, Self.read(errors).bytes)
  }

  /// Gives it a run, and reads what it prints until the run's final line.
  ///
  /// - Parameters:
  ///   - line: The run, without the line end.
  ///   - transcript: Takes in what is printed.
  /// - Returns: Whether a final line came; where none did the program closes its output, or has ended.
  func make(_ line: String, into transcript: Transcript) async -> Bool {
    state.value.withLock { $0.runs += 1 }
    var rest = Array((line + "\n").utf8)[...]
    var isNoting = true
    while true {
      let wasThere = !hasEnded
      await wait(writing: !rest.isEmpty, noting: isNoting)
      if !rest.isEmpty { rest = written(rest) }
      // Standard error second: what stood on it before the output's last line is in the pipe by then.
      let (said, isOpen) = Self.read(output)
      let noted: [UInt8]
      (noted, isNoting) = Self.read(errors)
      if !noted.isEmpty { await transcript.read(noted, from: .errors) }
      if !said.isEmpty { await transcript.read(said, from: .output) }
      if await transcript.isConcluded { return true }
      guard isOpen, wasThere || !said.isEmpty else { return false }
    }
  }

  /// Waits until there is something to read, room to write, or long enough to look again.
  private func wait(writing: Bool, noting: Bool) async {
    await withCheckedContinuation { continuation in
      queue.async { [self] in
        var looks = [
          pollfd(fd: output.rawValue, events: Int16(POLLIN), revents: 0),
          // A stream that was closed would always be ready.
          pollfd(fd: noting ? errors.rawValue : -1, events: Int16(POLLIN), revents: 0),
        ]
        if writing {
          looks.append(pollfd(fd: input.rawValue, events: Int16(POLLOUT), revents: 0))
        }
        poll(&looks, nfds_t(looks.count), Self.patienceMilliseconds)
        continuation.resume()
      }
    }
  }

  /// Writes as much of the line as there is room for.
  ///
  /// - Returns: What is left; nothing where nobody reads it any more.
  private func written(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let count = rest.withUnsafeBytes { write(input.rawValue, $0.baseAddress, $0.count) }
    if count >= 0 { return rest.dropFirst(count) }
    return errno == EAGAIN || errno == EINTR ? rest : []
  }

  /// What is in a pipe at this moment.
  ///
  /// - Returns: The bytes, and whether more may come.
  private static func read(_ pipe: FileDescriptor) -> (bytes: [UInt8], isOpen: Bool) {
    var bytes: [UInt8] = []
    var isOpen = true
    while isOpen, bytes.count < chunkBytes {
      var count = 0
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        count = Foundation.read(pipe.rawValue, buffer.baseAddress, buffer.count)
        filled = max(0, count)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { break }
      isOpen = count > 0
      bytes += piece
    }
    return (bytes, isOpen)
  }
}

extension Task {
  /// What a task failed with; nil where it did not.
  fileprivate var failure: (any Error)? {
    get async {
      switch await result {
      case .success: nil
      case .failure(let error): error
      }
    }
  }
}
