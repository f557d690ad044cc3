import ArgumentParser
import Foundation
import Laboratory
import Reports

/// Whether what is written names machines, people and folders.
struct RedactOptions: ParsableArguments {
  @Flag(
    help: """
      Write HOST-A, USER-A, HOME-A and FOLDER-A in place of names of machines and accounts and of paths of folders.
      """
  )
  var redact = false

  /// What is taken out; nil where everything is written.
  func redaction(of sweep: String?, in laboratory: Laboratory) throws -> Redaction? {
    guard redact else { return nil }
    let environment = ProcessInfo.processInfo.environment
    let named = ["USER", "LOGNAME"].compactMap { environment[$0] }
    return try laboratory.redaction(
      of: sweep,
      users: [NSUserName()] + named,
      homes: [NSHomeDirectory()] + [environment["HOME"]].compactMap(\.self),
      folders: []
    )
  }
}
