import Foundation

/// The programs whose tables of runs are understood as they export them.
///
/// References: the runs table of W&B and what `wandb.Api` calls a run's state; `mlflow.search_runs` and the "Download
/// CSV" of MLflow's page; `Study.trials_dataframe` of Optuna; the export of Aim's runs explorer.
package enum TableOrigin: String, Sendable, CaseIterable {
  case wandb, mlflow, optuna, aim

  /// The program's own name.
  package var program: String {
    switch self {
    case .wandb: "W&B"
    case .mlflow: "MLflow"
    case .optuna: "Optuna"
    case .aim: "Aim"
    }
  }

  /// What its words for how a run ended mean, lower case.
  private var statuses: [String: String] {
    switch self {
    case .wandb:
      [
        "finished": "ok", "crashed": "failed", "failed": "failed", "killed": "failed",
        "preempted": "failed", "preempting": "running", "running": "running", "pending": "pending",
      ]
    case .mlflow:
      [
        "finished": "ok", "failed": "failed", "killed": "failed", "running": "running",
        "scheduled": "pending",
      ]
    case .optuna:
      [
        "complete": "ok", "pruned": "failed", "fail": "failed", "running": "running",
        "waiting": "pending",
      ]
    case .aim: ["finished": "ok", "false": "ok", "true": "running", "in progress": "running"]
    }
  }

  /// A word for how a run ended as the analysis says it; nil for one that the program does not use.
  func status(_ word: String) -> String? {
    let word = word.lowercased()
    return statuses[word.hasPrefix("trialstate.") ? String(word.dropFirst(11)) : word]
  }

  /// The programs that use a word for how a run ended.
  static func knowing(_ word: String) -> [TableOrigin] {
    allCases.filter { $0.status(word) != nil }
  }

  /// What a column of the program is, by its heading.
  func role(of heading: String) -> RunColumns.Role {
    let name = heading.lowercased()
    if bookkeeping.contains(name) || heading.isEmpty { return .other }
    if statusHeadings.contains(name) { return .status }
    for (prefix, role) in prefixes where heading.hasPrefix(prefix) { return role }
    return .open
  }

  /// A heading without what the program puts before the names that people gave.
  func name(of heading: String) -> String {
    let prefix = prefixes.first { heading.hasPrefix($0.0) && $0.1 != .other }?.0
    return heading.dropFirst(prefix?.count ?? 0).trimmingCharacters(in: .whitespaces)
  }

  private var statusHeadings: [String] {
    switch self {
    case .wandb, .optuna: ["state"]
    case .mlflow: ["status"]
    case .aim: ["active", "status"]
    }
  }

  private var prefixes: [(String, RunColumns.Role)] {
    switch self {
    case .wandb:
      [("config.", .parameter), ("config/", .parameter), ("summary.", .metric), ("_", .other)]
    case .mlflow:
      [
        ("params.", .parameter), ("metrics.", .metric), ("tags.", .other), ("mlflow.", .other),
        ("system/", .other),
      ]
    case .optuna:
      [
        ("params_", .parameter), ("values_", .metric), ("user_attrs_", .open),
        ("system_attrs_", .other), ("intermediate_values_", .other), ("distributions_", .other),
        ("_", .other),
      ]
    case .aim:
      [
        ("params.", .parameter), ("hparams.", .parameter), ("__system__", .other),
        ("metrics.", .metric),
      ]
    }
  }

  /// Columns that are about the run as such, lower case.
  private var bookkeeping: Set<String> {
    switch self {
    case .wandb:
      [
        "name", "id", "notes", "user", "tags", "created", "updated", "runtime", "sweep", "group",
        "job type", "end time", "start time", "hostname", "description", "commit", "github",
        "agent",
        "host", "os", "python version", "python executable", "command", "gpu count", "gpu type",
        "cpu count", "cpu core count", "git repository",
      ]
    case .mlflow:
      [
        "run_id", "experiment_id", "artifact_uri", "start_time", "end_time", "start time",
        "duration", "run id", "name", "source type", "source name", "user", "run name", "created",
        "source", "version", "models", "dataset",
      ]
    case .optuna: ["number", "datetime_start", "datetime_complete", "duration", "params_number"]
    case .aim:
      [
        "hash", "run", "name", "experiment", "experiment_description", "experimentid",
        "description", "creator", "date", "creation_time", "end_time", "duration", "tags",
        "archived", "run.hash", "run.name", "index",
      ]
    }
  }

  /// Whether the program writes a text as JSON does, in quotes.
  var quotesTexts: Bool { self == .aim }

  /// What stands in a cell without a value, beside nothing.
  var blanks: Set<String> { self == .aim ? ["-", "--"] : [] }
}
