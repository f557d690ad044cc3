import Foundation
import Storage
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A small process that ends a coordinator's programs when the coordinator is killed.
///
/// It holds the reading end of a pipe from the coordinator, is told every process group that begins or
/// ends, and at the end of the pipe without a farewell kills the groups that are left. It lives in a
/// session of its own, so that Ctrl-C on the terminal does not reach it.
package final class Sentry: Sendable {
  /// What the coordinator says, one line each.
  enum Message: Equatable {
    case began(pid_t)
    case ended(pid_t)
    /// All programs have ended; there is nothing to kill.
    case farewell

    var line: String {
      switch self {
      case .began(let group): "+\(group)\n"
      case .ended(let group): "-\(group)\n"
      case .farewell: ".\n"
      }
    }

    init?(line: some StringProtocol) {
      switch line.first {
      case "+":
        guard let group = pid_t(line.dropFirst()) else { return nil }
        self = .began(group)
      case "-":
        guard let group = pid_t(line.dropFirst()) else { return nil }
        self = .ended(group)
      case ".": self = .farewell
      default: return nil
      }
    }
  }

  private let pipe: FileDescriptor
  private let process: Task<Void, any Error>

  private init(pipe: FileDescriptor, process: Task<Void, any Error>) {
    self.pipe = pipe
    self.process = process
  }

  /// Starts the process.
  ///
  /// - Parameter command: The program and arguments that call ``watch(mark:input:)``.
  /// - Returns: The sentry that watches.
  /// - Throws: When the pipe or the process cannot be made.
  static func start(_ command: [String]) throws -> Sentry {
    let ends = try FileDescriptor.pipe()
    // Programs must not inherit the pipe: its end is how the coordinator's death is seen.
    for end in [ends.readEnd, ends.writeEnd] {
      _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
    }
    // A sentry that was killed must not take its coordinator along.
    signal(SIGPIPE, SIG_IGN)
    let process = Task {
      var options = PlatformOptions()
      options.createSession = true
      _ = try await Subprocess.run(
        .path(FilePath(command[0])),
        arguments: Arguments(Array(command.dropFirst())),
        platformOptions: options,
        input: .fileDescriptor(ends.readEnd, closeAfterSpawningProcess: true),
        output: .discarded,
        error: .discarded
      )
    }
    return Sentry(pipe: ends.writeEnd, process: process)
  }

  func tell(_ message: Message) {
    // A sentry that is gone cannot be told; the next start then ends what was left.
    _ = try? pipe.writeAll(message.line.utf8)
  }

  /// Waits until the process ended, for whatever reason.
  func ended() async { _ = await process.result }

  /// Says that all is well, and waits until the process ended.
  func dismiss() async {
    tell(.farewell)
    try? pipe.close()
    _ = await process.result
  }

  /// The work of the process: reads to the end of the pipe, then kills what is left.
  ///
  /// - Parameters:
  ///   - mark: What the environment of every program of this coordinator carries; finds a program that was
  ///     started in the instant before the coordinator died, and what left its process group.
  ///   - input: The reading end of the pipe.
  package static func watch(mark: String, input: Int32 = STDIN_FILENO) {
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { Foundation.signal(signal, SIG_IGN) }
    var groups: Set<pid_t> = []
    var splitter = LineSplitter()
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    var isFarewell = false
    // A farewell ends the watch by itself: another process may have inherited the pipe and keep it open.
    while !isFarewell {
      let count = read(input, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      buffer.withUnsafeBytes { bytes in
        splitter.read(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { piece in
          guard case .line(let line) = piece else { return }
          switch Message(line: String(decoding: line, as: UTF8.self)) {
          case .began(let group)?: groups.insert(group)
          case .ended(let group)?: groups.remove(group)
          case .farewell?: isFarewell = true
          case nil: break
          }
        }
      }
    }
    guard !isFarewell else { return }
    for group in groups { kill(-group, SIGKILL) }
    endProcesses(marked: mark)
  }
}

/// Kills all processes whose environment carries a mark, again and again until none is left.
///
/// - Returns: How many there were.
@discardableResult
func endProcesses(marked mark: String) -> Int {
  var ended: Set<ProcessIdentity> = []
  // A process that is just being started shows no environment for an instant, so that one look which
  // finds nothing is not enough; a process that forks faster than it is found must not keep this going
  // for ever.
  var emptyRounds = 0
  for _ in 0..<200 where emptyRounds < 5 {
    let found = processes(marked: mark)
    emptyRounds = found.isEmpty ? emptyRounds + 1 : 0
    for process in found where process.isAlive { kill(process.pid, SIGKILL) }
    ended.formUnion(found)
    usleep(2000)
  }
  return ended.count
}
