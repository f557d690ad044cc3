import Foundation
import Notation
import Subprocess
import Sweeps

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// What is installed for a program that Python runs, as `pip freeze` would list it.
package struct PythonEnvironment: Sendable, Equatable {
  /// Python's version on the first line, then `name==version` a line, or the lock file as it is.
  package let text: String

  package var digest: String { Digest.hexadecimal(of: Array(text.utf8)) }

  /// Bytes that are read of a list or a lock file; no environment has as many.
  private static let limitBytes = 4 << 20

  /// Programs that run another one in an environment of their own, with the file that fixes it.
  private static let lockFiles = [
    "uv": "uv.lock", "poetry": "poetry.lock", "pdm": "pdm.lock", "pipenv": "Pipfile.lock",
    "pixi": "pixi.lock",
  ]

  /// Asks the interpreter of a command for its packages without running anything else.
  ///
  /// Not by `pip freeze` itself, which takes half a second and is not in every environment.
  private static let question = """
    import sys
    sys.path[:1] = []
    from importlib.metadata import distributions
    names = {f"{d.metadata['Name']}=={d.version}" for d in distributions()}
    lines = ["python " + sys.version.split()[0], *sorted(names, key=str.casefold)]
    sys.stdout.write("".join(line + "\\n" for line in lines))
    """

  /// - Parameters:
  ///   - command: The program and its arguments, as in the spec; nil for none.
  ///   - directory: The folder in which it runs.
  ///   - isWanted: Says whether an interpreter is worth asking, which takes a tenth of a second and more.
  /// - Returns: nil where no Python runs it, where it does not answer, or where nobody wants to know.
  package static func installed(
    for command: [String]?,
    in directory: String,
    where isWanted: () throws -> Bool = { true }
  ) async rethrows -> PythonEnvironment? {
    guard let program = command?.first else { return nil }
    let name = (program as NSString).lastPathComponent
    if let lock = lockFiles[name] {
      return read(directory + "/" + lock).map { PythonEnvironment(text: "\(lock)\n\($0)") }
    }
    guard let interpreter = isPython(name) ? [program] : interpreter(of: program, in: directory)
    else { return nil }
    guard try isWanted() else { return nil }
    return await answer(of: interpreter, in: directory).map(PythonEnvironment.init)
  }

  private static func isPython(_ name: String) -> Bool {
    name.wholeMatch(of: #/python[0-9.]*/#) != nil
  }

  /// The interpreter that the first line of a script names, with its arguments; nil for another kind of file.
  private static func interpreter(of program: String, in directory: String) -> [String]? {
    guard program.contains("/"),
      let handle = FileHandle(forReadingAtPath: SpecPath.absolute(program, in: directory)),
      let start = try? handle.read(upToCount: 256), start.starts(with: Array("#!".utf8)),
      let line = String(decoding: start.dropFirst(2), as: UTF8.self).split(separator: "\n").first
    else { return nil }
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.first?.hasSuffix("/env") == true { words.removeFirst() }
    guard let name = words.first, isPython((name as NSString).lastPathComponent) else { return nil }
    return words
  }

  private static func read(_ path: String) -> String? {
    guard let handle = FileHandle(forReadingAtPath: path),
      let bytes = try? handle.read(upToCount: limitBytes), !bytes.isEmpty
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func answer(of interpreter: [String], in directory: String) async -> String? {
    let program = interpreter[0]
    // A Python that is not there is told by the start of the first run.
    let result = try? await run(
      program.contains("/")
        ? .path(FilePath(SpecPath.absolute(program, in: directory))) : .name(program),
      arguments: Arguments(interpreter.dropFirst() + ["-c", question]),
      workingDirectory: FilePath(directory),
      input: .none,
      output: .sequence,
      error: .discarded
    ) { execution in
      var bytes: [UInt8] = []
      for try await buffer in execution.standardOutput {
        buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(limitBytes - bytes.count)) }
      }
      return bytes
    }
    guard let result, result.terminationStatus.isSuccess, !result.closureResult.isEmpty else {
      return nil
    }
    return String(decoding: result.closureResult, as: UTF8.self)
  }
}
