import ArgumentParser
import Foundation
import Laboratory

/// Where results are.
struct ResultsOptions: ParsableArguments {
  @Option(help: "The results folder.")
  var results = "results"

  var laboratory: Laboratory { Laboratory(results: absolutePath(results)) }
}

/// A path as the program keeps it: absolute, seen from the caller's folder.
func absolutePath(_ path: String) -> String {
  URL(fileURLWithPath: path).standardizedFileURL.path
}

/// This program's own file.
var ownPath: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }
