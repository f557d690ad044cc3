import ArgumentParser
import Foundation

/// What a report may use of the place where it is shown.
struct Screen {
  enum Color: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  let width: Int
  let showsColor: Bool

  /// Looks at standard output.
  ///
  /// - Parameters:
  ///   - color: What the user asked for.
  ///   - isFile: Whether the report goes to a file instead.
  ///   - environment: `COLUMNS` is believed before the terminal; `NO_COLOR`, unless empty, means no colours.
  ///
  /// Reference: https://no-color.org
  init(
    color: Color,
    isFile: Bool = false,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let declared = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    width = declared ?? (isFile ? nil : columns(of: STDOUT_FILENO)) ?? 80
    switch color {
    case .always: showsColor = true
    case .never: showsColor = false
    case .auto:
      showsColor =
        !isFile && isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
        && environment["TERM"] != "dumb"
    }
  }
}

/// Rows of the terminal on standard output; nil where it is none.
var terminalRows: Int? {
  var size = winsize()
  guard isatty(STDOUT_FILENO) == 1 else { return nil }
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1 else { return 24 }
  return Int(size.ws_row)
}

/// Columns of the terminal behind a descriptor; nil where there is none, or it does not say.
func columns(of descriptor: Int32) -> Int? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}
