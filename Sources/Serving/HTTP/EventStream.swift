import Hummingbird
import HummingbirdCore
import NIOCore

/// Tells a page that there is something new, as server-sent events.
///
/// ```
/// retry: 1000
///
/// data: 17
/// ```
///
/// The data is the version of what the page shows; a page that missed some needs only the last.
/// Reference: HTML Living Standard, section 9.2, Server-sent events.
struct EventStream: Sendable {
  /// Versions as they come; the last one wins where the page is slow.
  let versions: AsyncStream<Int>

  /// How often a page is told at most.
  private static let pause = Duration.milliseconds(200)
  /// Silence after which something is written, so that a page that is gone is noticed.
  private static let silence = Duration.seconds(15)

  private enum Beat: Sendable {
    case version(Int)
    case nothing
  }

  var body: ResponseBody {
    ResponseBody { writer in
      try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
      let beats = Self.beats(of: versions)
      for await beat in beats {
        switch beat {
        case .version(let version):
          try await writer.write(ByteBuffer(string: "data: \(version)\n\n"))
          try? await Task.sleep(for: Self.pause)
        case .nothing: try await writer.write(ByteBuffer(string: ":\n\n"))
        }
      }
      try await writer.finish(nil)
    }
  }

  /// The versions, with a sign of life in between; ends when they do, and with its reader.
  private static func beats(of versions: AsyncStream<Int>) -> AsyncStream<Beat> {
    let (beats, tell) = AsyncStream<Beat>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let telling = Task {
      for await version in versions { tell.yield(.version(version)) }
      tell.finish()
    }
    let living = Task {
      while (try? await Task.sleep(for: silence)) != nil { tell.yield(.nothing) }
    }
    tell.onTermination = { _ in
      telling.cancel()
      living.cancel()
    }
    return beats
  }
}
