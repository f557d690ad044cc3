package import Foundation

/// The built `sweep` binary, driven as a user drives it.
package struct SweepBinary: Sendable {
  /// What a finished process left.
  package struct Result: Sendable {
    package let exitCode: Int32
    package let output: String
    package let errors: String
  }

  /// The binary that was built together with these tests.
  package static var url: URL {
    #if os(macOS)
    let products =
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      .map { $0.bundleURL.deletingLastPathComponent() }
      ?? Bundle.main.bundleURL
    #else
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    #endif
    return products.appending(component: "sweep")
  }

  /// Runs the binary to its end.
  ///
  /// Output goes to files and not to pipes, so that nothing printed can block the process.
  ///
  /// - Parameters:
  ///   - arguments: The command line after `sweep`.
  ///   - folder: The current folder of the process.
  ///   - environment: Variables set beside the caller's own.
  ///   - input: What standard input holds.
  ///   - executable: Another program to run in the binary's place.
  /// - Returns: The exit code (128 + signal when a signal ended it) and both outputs.
  /// - Throws: When the program could not be started.
  package static func run(
    _ arguments: [String],
    in folder: URL,
    environment: [String: String] = [:],
    input: String = "",
    executable: URL = url
  ) throws -> Result {
    try withTemporaryFolder { scratch in
      let child = try start(
        arguments,
        in: folder,
        environment: environment,
        input: input,
        executable: executable,
        scratch: scratch
      )
      return Result(
        exitCode: child.wait(),
        output: try text(of: scratch.appending(component: "out")),
        errors: try text(of: scratch.appending(component: "err"))
      )
    }
  }

  /// Starts the binary and returns at once.
  ///
  /// - Parameters:
  ///   - arguments: The command line after `sweep`.
  ///   - folder: The current folder of the process.
  ///   - environment: Variables set beside the caller's own.
  ///   - input: What standard input holds.
  ///   - executable: Another program to start in the binary's place.
  ///   - scratch: A folder that gets the files `in`, `out` and `err`.
  /// - Returns: The running process.
  /// - Throws: When the program could not be started.
  package static func start(
    _ arguments: [String],
    in folder: URL,
    environment: [String: String] = [:],
    input: String = "",
    executable: URL = url,
    scratch: URL
  ) throws -> Child {
    try Data(input.utf8).write(to: scratch.appending(component: "in"))
    return try Child(
      executable,
      arguments,
      in: folder,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      input: scratch.appending(component: "in").path,
      output: scratch.appending(component: "out").path,
      errors: scratch.appending(component: "err").path
    )
  }

  private static func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
