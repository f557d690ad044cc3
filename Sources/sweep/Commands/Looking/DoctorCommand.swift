import ArgumentParser
import Foundation
import Laboratory
import Notation
import Serving
import Storage

/// Says what works on this machine and what does not.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at this machine and the results folder: what works, what does not, what to do.",
    discussion: """
      Ends with 1 where something will not work. With --recover it copies all that can be read of a damaged \
      database into a new folder, and ends with 1 where that was not everything.
      """
  )

  @OptionGroup var folder: ResultsOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Copy what can be read of the results' database into this new folder.",
      valueName: "folder"
    )
  )
  var recover: String?

  func run() throws {
    if let recover { return try save(to: recover) }
    let found = folder.laboratory.examine(programs: Self.program, now: Date()) + [network]
    if json {
      try Output.standard.json(.array(found.map(\.json)))
    } else {
      let width = found.map(\.subject.count).max() ?? 0
      try Output.standard.lines(found.map { $0.line(width) })
    }
    if found.contains(where: { $0.state == .ill }) { throw ExitCode.failure }
  }

  private func save(to target: String) throws {
    let recovered = try folder.laboratory.recover(to: absolutePath(target))
    let losses = recovered.tables.filter { $0.loss != nil }
    let isWhole = recovered.integrity == "ok" && losses.isEmpty
    if json {
      try Output.standard.json(recovered.json)
    } else {
      try Output.standard.lines(
        ["The old database: \(Store.firstFault(of: recovered.integrity))"]
          + losses.map { "Table '\($0.name)': \($0.rows.grouped) rows saved; \($0.loss ?? "")" }
          + recovered.sweeps.map { $0.fault.map { "Not readable: \($0)" } ?? $0.name }
          + [
            "Saved in '\(target)'. Predictions, logs and reports are files of their own: copy the sweeps' folders there too."
          ]
      )
    }
    if !isWhole || recovered.sweeps.contains(where: { $0.fault != nil }) { throw ExitCode.failure }
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

extension Recovered {
  fileprivate var json: JSON {
    [
      "integrity": .string(integrity),
      "tables": .array(
        tables.map {
          ["table": .string($0.name), "rows": .number(JSONNumber($0.rows)), "loss": JSON($0.loss)]
        }
      ),
      "sweeps": .array(
        sweeps.map { ["sweep": .string($0.name), "fault": JSON($0.fault)] }
      ),
    ]
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
