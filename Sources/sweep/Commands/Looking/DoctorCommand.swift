import ArgumentParser
import Foundation
import Laboratory
import Notation
import Serving

/// Says what works on this machine and what does not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at this machine and the results folder: what works, what does not, what to do.",
    discussion: "Ends with 1 where something will not work."
  )

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let found = folder.laboratory.examine(programs: Self.program, now: Date()) + [network]
    if json {
      try Output.standard.json(.array(found.map(\.json)))
    } else {
      let width = found.map(\.subject.count).max() ?? 0
      try Output.standard.lines(found.map { $0.line(width) })
    }
    if found.contains(where: { $0.state == .ill }) { throw ExitCode.failure }
  }

  private var network: Diagnosis {
    let addresses = LocalAddresses.current.addresses
    return addresses.isEmpty
      ? Diagnosis(
        "network",
        .note,
        "no address that other machines reach",
        advice:
          "For a lesson with phones join a network or a hotspot, then try 'sweep serve --check'."
      )
      : Diagnosis(
        "network",
        .well,
        addresses.joined(separator: ", "),
        advice: "Whether phones reach it says 'sweep serve --check'."
      )
  }

  /// The path of a program on the search path.
  private static func program(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Diagnosis {
  fileprivate func line(_ width: Int) -> String {
    let mark =
      switch state {
      case .well: "✓"
      case .note: "·"
      case .ill: "✗"
      }
    let head = subject.padding(toLength: width, withPad: " ", startingAt: 0)
    let rest = advice.isEmpty ? "" : "\n" + String(repeating: " ", count: width + 4) + advice
    return "\(mark) \(head)  \(finding)\(rest)"
  }

  fileprivate var json: JSON {
    [
      "subject": .string(subject), "state": .string(state.rawValue), "finding": .string(finding),
      "advice": .string(advice),
    ]
  }
}
