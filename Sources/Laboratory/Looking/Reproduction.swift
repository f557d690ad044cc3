import Execution
import Notation
import Sweeps

/// The shell command that does what the runner did for one run, in a fresh folder.
struct Reproduction {
  let run: Run
  /// The folder of the spec.
  let folder: String
  let provenance: Provenance
  /// This program's own file.
  let program: String

  var command: String {
    get throws {
      let settings = shellQuoted(JSON.object(run.settings).text)
      if let worker = provenance.worker { return try command(ofWorker: worker) }
      guard let template = provenance.command else {
        return "cd \(shellQuoted(folder)) && printf '%s' \(settings) | "
          + "\(shellQuoted(program)) train --settings - --seed \(run.seed)"
      }
      let words = try CommandTemplate(template).filled { name in
        switch name {
        case "seed": String(run.seed)
        case "run": run.id
        case "run_dir": "\u{0}$SWEEP_RUN_DIR\u{0}"
        case "settings_file": "\u{0}$SWEEP_SETTINGS\u{0}"
        case "slot": "0"
        case "device": run.settings[name]?.levelText ?? "0"
        default: run.settings[name]?.levelText
        }
      }
      return """
        cd \(shellQuoted(folder)) && export SWEEP_RUN=\(run.id) SWEEP_SEED=\(run.seed) SWEEP_SLOT=0 \
        SWEEP_RUN_DIR="$(mktemp -d)" && export SWEEP_SETTINGS="$SWEEP_RUN_DIR/settings.json" && \
        printf '%s' \(settings) > "$SWEEP_SETTINGS" && \(threads) \
        \(words.map(quoted).joined(separator: " "))
        """
    }
  }

  /// What holds numerical libraries to the cores that a slot had.
  private var threads: String {
    let cores = provenance.limits["cores"] ?? "1"
    return WorkerEnvironment.threadVariables.map { "\($0)=\(cores)" }.joined(separator: " ")
  }

  /// A worker of its own that is given this one run.
  private func command(ofWorker worker: [String]) throws -> String {
    let words = try CommandTemplate(worker).filled {
      CommandTemplate.slotNames.contains($0) ? "0" : nil
    }
    // The folder comes last, so that the shell can put a new one there.
    let line = RunLine(run, folder: "").text.dropLast(2)
    return """
      cd \(shellQuoted(folder)) && export SWEEP_SLOT=0 && \
      printf '%s%s"}\\n' \(shellQuoted(String(line))) "$(mktemp -d)" | \
      \(threads) \(words.map(shellQuoted).joined(separator: " "))
      """
  }

  /// A word whose parts between zero characters are left for the shell to fill in.
  private func quoted(_ word: String) -> String {
    word.split(separator: "\u{0}", omittingEmptySubsequences: true)
      .map { $0.hasPrefix("$SWEEP_") ? "\"\($0)\"" : shellQuoted(String($0)) }.joined()
  }
}

/// A word as a shell takes it unchanged.
package func shellQuoted(_ word: String) -> String {
  let plain = word.allSatisfy {
    $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0))
  }
  return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
