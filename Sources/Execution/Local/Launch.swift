import Foundation
import Notation
import Sweeps

/// The program that a sweep starts for every run, or once for all runs of a slot.
package struct Launch: Sendable {
  private enum Words: Sendable {
    case template(CommandTemplate)
    /// The built-in trainer: this program and the name of its command.
    case trainer([String])
    /// A program that is started once per slot.
    case worker(CommandTemplate)
  }

  private let words: Words
  /// The file to execute, and the folder to do it in, as absolute paths.
  let program: String
  let directory: String

  /// The built-in trainer.
  ///
  /// - Parameters:
  ///   - trainer: This program's own path and the command that trains.
  ///   - directory: The folder of the spec.
  package init(trainer: [String], directory: String) {
    words = .trainer(trainer)
    program = trainer[0]
    self.directory = directory
  }

  /// Any program.
  ///
  /// - Parameters:
  ///   - command: With placeholders, as in the spec.
  ///   - directory: The folder of the spec; a program with a slash is looked for from there.
  ///   - searchPath: The folders of `PATH`, in which a program without a slash is looked for.
  /// - Throws: ``LaunchError`` or ``CommandTemplate/Fault``.
  package init(
    command: [String],
    directory: String,
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws {
    words = .template(try CommandTemplate(command))
    self.directory = directory
    program = try Self.find(command[0], from: directory, searchPath)
  }

  /// A program that makes one run after another.
  ///
  /// - Parameters:
  ///   - worker: The program and its arguments, as in the spec.
  ///   - directory: The folder of the spec; a program with a slash is looked for from there.
  ///   - searchPath: The folders of `PATH`, in which a program without a slash is looked for.
  /// - Throws: ``LaunchError`` or ``CommandTemplate/Fault``.
  package init(
    worker: [String],
    directory: String,
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws {
    words = .worker(try CommandTemplate(worker))
    self.directory = directory
    program = try Self.find(worker[0], from: directory, searchPath)
  }

  /// Whether the program makes one run after another.
  var isShared: Bool { if case .worker = words { true } else { false } }

  private static func find(_ name: String, from directory: String, _ searchPath: String) throws
    -> String
  {
    if name.contains("/") {
      let path = name.hasPrefix("/") ? name : directory + "/" + name
      guard FileManager.default.fileExists(atPath: path) else {
        throw LaunchError.noProgram(name, in: directory)
      }
      guard isProgram(path) else { throw LaunchError.notExecutable(path) }
      return path
    }
    for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
      let path = "\(folder)/\(name)"
      if isProgram(path) { return path }
    }
    throw LaunchError.noProgram(name, in: "PATH")
  }

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
      && access(path, X_OK) == 0
  }

  /// The command line of one run.
  func arguments(of run: Run, slot: Int, device: String, folders: SweepFolders) -> [String] {
    switch words {
    case .worker: return arguments(ofWorkerIn: slot, device: device)
    case .trainer(let trainer):
      return trainer + ["--settings", folders.settings(of: run), "--seed", String(run.seed)]
    case .template(let template):
      return template.filled { name in
        switch name {
        case "seed": String(run.seed)
        case "run": run.id
        case "run_dir": folders.run(run)
        case "settings_file": folders.settings(of: run)
        case "slot": String(slot)
        // A setting of this name was here first.
        case "device": run.settings[name]?.levelText ?? device
        default: run.settings[name]?.levelText
        }
      }
    }
  }
}

extension Launch {
  /// The command line of the program that makes the runs of a slot.
  func arguments(ofWorkerIn slot: Int, device: String) -> [String] {
    guard case .worker(let template) = words else { return [] }
    return template.filled { $0 == "slot" ? String(slot) : $0 == "device" ? device : nil }
  }
}

/// Why a program cannot be started at all.
package enum LaunchError: Error, Sendable, Equatable {
  case noProgram(String, in: String)
  case notExecutable(String)
}

extension LaunchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noProgram(let name, let folder):
      "There is no program '\(name)' in \(folder == "PATH" ? "the folders of PATH" : "'\(folder)'")."
    case .notExecutable(let path):
      "'\(path)' cannot be executed. 'chmod +x' allows it; or name its interpreter first, as in [\"python3\", ...]."
    }
  }
}
