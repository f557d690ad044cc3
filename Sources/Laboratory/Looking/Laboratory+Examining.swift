package import Foundation
import Notation
import Reports
import Storage
import Sweeps

/// One thing that a user's work depends on, and how it stands.
package struct Diagnosis: Sendable, Equatable {
  package enum State: String, Sendable {
    case well
    /// Works, and somebody may want to know.
    case note
    /// Something will not work.
    case ill
  }

  package let subject: String
  package let state: State
  package let finding: String
  /// What to do about it; empty where there is nothing to do.
  package let advice: String

  package init(_ subject: String, _ state: State, _ finding: String, advice: String = "") {
    self.subject = subject
    self.state = state
    self.finding = finding
    self.advice = advice
  }
}

extension Laboratory {
  /// Looks at the machine and the results folder, and says of each what it is good for.
  ///
  /// A folder that is not there yet is judged by the one that will hold it.
  ///
  /// - Parameters:
  ///   - programs: Finds a program on the search path, nil where there is none.
  ///   - now: This moment, which results cannot be later than.
  /// - Returns: One for each thing, the machine's first.
  package func examine(programs: (String) -> String?, now: Date) -> [Diagnosis] {
    [processors, memory, folder] + database(now) + [
      graphics(programs), slurm(programs), git(programs),
    ]
  }

  private var processors: Diagnosis {
    let all = ProcessInfo.processInfo.processorCount
    let usable = ProcessInfo.processInfo.activeProcessorCount
    return usable < all
      ? Diagnosis(
        "processors",
        .note,
        "\(usable) of \(all) may be used here",
        advice:
          "The system keeps the others from this process; 'sweep run' starts \(usable) at a time."
      )
      : Diagnosis("processors", .well, "\(usable); 'sweep run' starts so many runs at a time")
  }

  private var memory: Diagnosis {
    let bytes = Double(ProcessInfo.processInfo.physicalMemory)
    let worker = 65e6
    let runs = Int(bytes / 2 / worker)
    let finding = "\(Self.gigabytes(bytes)) GB"
    return runs < ProcessInfo.processInfo.activeProcessorCount
      ? Diagnosis(
        "memory",
        .note,
        finding,
        advice: "Run fewer at a time: 'sweep run -j \(max(1, runs))'."
      )
      : Diagnosis("memory", .well, finding)
  }

  /// The nearest folder that is there.
  private var nearest: String {
    var url = URL(fileURLWithPath: results, isDirectory: true)
    while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
      url.deleteLastPathComponent()
    }
    return url.path
  }

  private var folder: Diagnosis {
    let name = "results"
    do {
      let volume = try Volume(of: nearest)
      let milliseconds = String(format: "%.1f", volume.durableWrite / .milliseconds(1))
      let finding =
        "\(results): \(Self.gigabytes(Double(volume.freeBytes))) GB free, a durable write takes \(milliseconds) ms"
      if let kind = volume.networkKind {
        return Diagnosis(
          name,
          .ill,
          finding + ", on a network's file system (\(kind))",
          advice:
            "Name a folder on a local disk with --results: a database needs one machine's locks."
        )
      }
      if volume.freeBytes < 1_000_000_000 {
        return Diagnosis(name, .note, finding, advice: "Make room: a full disk stops a sweep.")
      }
      return volume.durableWrite > .milliseconds(50)
        ? Diagnosis(
          name,
          .note,
          finding,
          advice: "Each run waits for one such write; short runs go faster on another disk."
        ) : Diagnosis(name, .well, finding)
    } catch {
      return Diagnosis(
        name,
        .ill,
        "\(nearest) cannot be written to: \(reason(of: error))",
        advice: "Name another folder with --results."
      )
    }
  }

  /// Whether the database is whole, and whether the clock went back since its last result.
  private func database(_ now: Date) -> [Diagnosis] {
    let name = "database"
    do {
      let found = try readingIfStarted { store in
        (integrity: try store.integrity, sweeps: try store.sweeps())
      }
      guard let found else { return [Diagnosis(name, .well, "none yet; the first run makes it")] }
      guard found.integrity == "ok" else {
        let first = Store.firstFault(of: found.integrity)
        return [
          Diagnosis(
            name,
            .ill,
            "damaged: \(first)",
            advice:
              "Copy the folder first. Then 'sweep doctor --recover NEW-FOLDER' saves all that can be read."
          )
        ]
      }
      let whole = Diagnosis(name, .well, "whole; \(Numeral.counted(found.sweeps.count, "sweep"))")
      guard let last = found.sweeps.map(\.started).max(), last > now else { return [whole] }
      return [
        whole,
        Diagnosis(
          "clock",
          .ill,
          "the last sweep was started at \(last.formatted(.iso8601)), which is still to come",
          advice: "Set the clock: predictions are late or in time by it."
        ),
      ]
    } catch {
      return [Diagnosis(name, .ill, "\(error)", advice: "Copy the folder before anything else.")]
    }
  }

  private func graphics(_ programs: (String) -> String?) -> Diagnosis {
    let found = ["nvidia-smi", "rocm-smi", "xpu-smi"].filter { programs($0) != nil }
    return found.isEmpty
      ? Diagnosis("graphics", .note, "no card is known here; the built-in trainer needs none")
      : Diagnosis("graphics", .well, "told by \(found.joined(separator: " and "))")
  }

  private func slurm(_ programs: (String) -> String?) -> Diagnosis {
    programs("sbatch").map { Diagnosis("Slurm", .well, $0) }
      ?? Diagnosis("Slurm", .note, "no sbatch here: sweeps run on this machine")
  }

  private func git(_ programs: (String) -> String?) -> Diagnosis {
    programs("git").map { Diagnosis("git", .well, $0) }
      ?? Diagnosis("git", .note, "none: runs are stored without the commit of their program")
  }

  private static func gigabytes(_ bytes: Double) -> String { String(format: "%.0f", bytes / 1e9) }
}
