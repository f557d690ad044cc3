import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// What a program of the system said that was asked something, without a shell and for a limited time.
package struct ProgramAnswer: Sendable, Equatable {
  /// Whether it ended with 0.
  package let isGood: Bool
  package let output: String
  package let errors: String

  /// What the program said of its failure, on one line.
  package var complaint: String {
    let lines = (errors.isEmpty ? output : errors).split(whereSeparator: \.isNewline)
    return lines.prefix(3).joined(separator: " ")
  }

  /// Asks a program that `PATH` names.
  ///
  /// - Parameters:
  ///   - words: Its name and its arguments.
  ///   - environment: All of its variables.
  ///   - patience: Seconds after which it is ended, and has not answered.
  /// - Returns: A bad answer where it is not there, fails or takes longer.
  static func asked(
    _ words: [String],
    environment: [String: String],
    patience: Double
  ) async -> ProgramAnswer {
    let variables = environment.map { Array("\($0.key)=\($0.value)\0".utf8) }
    return await withTaskGroup(of: ProgramAnswer?.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            .name(words[0]),
            arguments: Arguments(Array(words.dropFirst())),
            environment: .custom(variables),
            input: .none,
            output: .string(limit: 1 << 26),
            error: .string(limit: 1 << 20)
          )
          return ProgramAnswer(
            isGood: result.terminationStatus == .exited(0),
            output: result.standardOutput,
            errors: result.standardError
          )
        } catch {
          return ProgramAnswer(isGood: false, output: "", errors: "'\(words[0])' could not be run")
        }
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(patience))
        return Task.isCancelled
          ? nil : ProgramAnswer(isGood: false, output: "", errors: "timed out")
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? ProgramAnswer(isGood: false, output: "", errors: "timed out")
    }
  }
}
