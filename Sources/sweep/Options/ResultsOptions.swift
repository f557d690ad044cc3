import ArgumentParser
import Foundation
import Laboratory

/// Where results are.
struct ResultsOptions: ParsableArguments {
  @Option(help: "The results folder.", completion: .directory)
  var results = "results"

  var laboratory: Laboratory { Laboratory(at: results) }
}

extension Laboratory {
  /// The laboratory of a results folder, opened by this process.
  init(at results: String) {
    self.init(
      results: absolutePath(results),
      caller: Caller(
        program: ownPath,
        commandLine: CommandLine.arguments,
        directory: FileManager.default.currentDirectoryPath
      )
    )
  }
}

/// A path as the program keeps it: absolute, seen from the caller's folder.
func absolutePath(_ path: String) -> String {
  URL(fileURLWithPath: path).standardizedFileURL.path
}

/// This program's own file.
var ownPath: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
