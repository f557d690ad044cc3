import Notation
import Statistics
import Storage
package import Sweeps

/// What the application refuses and a user can put right.
package enum LaboratoryError: Error, Sendable, Equatable {
  /// Two sets of runs share some, or one of them has none.
  case nothingEnded(of: String)
  case overlap(String, String, runs: Int)
  /// A person or a question that a report was asked about.
  case unknownPerson(String, sweep: String)
  case unknownQuestion(String, sweep: String, known: [String])
  case unknownAttempt(run: String, attempts: Int)
  /// A version of the program that made no run of a sweep, or that several are called by.
  case unknownVersion(String, sweep: String, known: [String])
  /// A run of a program of one's own, whose network is not known.
  case noNetwork(run: String)
  /// No finished run of a sweep has left its network.
  case nothingKept(sweep: String)
  /// This system cannot keep a limit of the spec.
  case cannotLimitMemory
  /// Not even one run can be started.
  case tooFewFiles
  /// A probe was asked for a spec with a command.
  case probesOnlyTheTrainer
  /// Nothing is known of how long the runs take.
  case unknownDurations
  /// No stored runs tell how far a metric scatters.
  case noPilot(metric: String, in: String)
  /// There is nothing to predict.
  case noQuestions(spec: String)
  case reservedName(String)
  /// Nobody predicted anything about a sweep, or about any.
  case noPredictions(of: String?, results: String)
  /// A reason that is to be hidden, and nobody gave.
  case noReason(HiddenReason, people: [String])
  /// A metric that a gate was asked for: not declared, or of which no direction is better.
  case unknownMetric(String, known: [String])
  case noDirection(String?)
  /// No run has a value of it on both sides.
  case unmeasured(String)
  /// Settings that vary and have no value in common.
  case nothingMatched([String])
  /// Looks of a gate that are none, or not those that were fixed.
  case badLooks([Int])
  case otherLooks([Int])
  case otherShare(Double, of: String)
  case brokenLedger(path: String, GateLedgerError)
  /// A page without verdicts that could be tried, or with another spec than it was made with.
  case noClaims(path: String)
  case nothingClaimed(path: String)
  case otherSpec(path: String)
  /// A folder that was to be deleted is still there.
  case notDeleted(path: String, reason: String)
  /// A name under which neither a sweep nor a run is, and a word that cannot be a tag.
  case nothingToLabel(String)
  case badTag(String)
  /// What the cluster said when it was to cancel.
  case notCancelled(String)
  /// The sealed predictions of a sweep contradict themselves, or what its runs recorded.
  case tampered(path: String, PredictionChainError)
}

extension LaboratoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .nothingEnded(let name): "No run of '\(name)' has ended."
    case .overlap(let a, let b, let runs):
      "'\(a)' and '\(b)' have \(runs.grouped) run\(runs == 1 ? "" : "s") in common. "
        + "Name levels that exclude each other."
    case .unknownPerson(let who, let sweep):
      "Nobody called '\(who)' predicted anything about '\(sweep)' in time."
    case .unknownQuestion(let id, let sweep, let known):
      "'\(sweep)' has no question '\(id)'."
        + (known.isEmpty ? "" : " There is \(known.map { "'\($0)'" }.joined(separator: ", ")).")
    case .unknownVersion(let name, let sweep, let known):
      known.isEmpty
        ? "Nothing is known of the versions of the program that made '\(sweep)'."
        : "'\(name)' is not the beginning of exactly one version that made '\(sweep)'. There is "
          + known.map { "'\($0)'" }.joined(separator: ", ") + "."
    case .unknownAttempt(let run, let attempts):
      "Run \(run) has \(attempts) attempt\(attempts == 1 ? "" : "s")."
    case .noNetwork(let run):
      "Run \(run) was made by a command of its own; only the built-in trainer's networks can be drawn."
    case .nothingKept(let sweep):
      "No finished run of '\(sweep)' has kept its network. With \"keep\": \"weights\" in a spec for the built-in "
        + "trainer runs do; 'sweep run SPEC --again' makes those that are there once more."
    case .cannotLimitMemory:
      "This system cannot limit the memory of a run; remove 'memory' from 'limits'."
    case .tooFewFiles:
      "This process may open too few files to start a run; 'ulimit -n 256' allows more."
    case .probesOnlyTheTrainer:
      "'--probe' times the built-in trainer, and this spec has a command."
    case .unknownDurations: "Nothing is known of how long these runs take. Add --probe."
    case .noPilot(let metric, let results):
      "'--detect' needs a pilot: two cells with the same two seeds or more "
        + "that measured '\(metric)' in \(results)."
    case .noQuestions(let spec):
      "'\(spec)' has no questions, and no metrics from which to make some. Add 'metrics' with a delta each."
    case .reservedName(let name):
      "The name '\(name)' is reserved for what the spec quotes."
    case .noPredictions(let sweep, let results):
      "Nobody has predicted anything\(sweep.map { " about '\($0)'" } ?? "") in '\(results)'."
    case .noReason(let reason, let people):
      "'\(reason.who)' gave no reason about '\(reason.question)'."
        + (people.isEmpty
          ? " Nobody did."
          : " Those who did are \(people.map { "'\($0)'" }.joined(separator: ", ")).")
    case .unknownMetric(let name, let known):
      "There is no metric '\(name)'."
        + (known.isEmpty ? "" : " There is \(known.map { "'\($0)'" }.joined(separator: ", ")).")
    case .notDeleted(let path, let reason): "'\(path)' cannot be deleted: \(reason)."
    case .notCancelled(let words): "Slurm did not cancel: \(words)"
    case .tampered(let path, let error): "'\(path)': \(error)"
    case .nothingToLabel(let text):
      "There is no sweep and no run '\(text)'. 'sweep status' lists sweeps, 'sweep runs' the runs of one."
    case .badTag(let text):
      "'\(text)' cannot be a tag: it is one word of at most \(Tag.lengthLimit) letters, digits and ._:/=+-, as in 'paper' or 'lr=high'."
    case .noDirection, .unmeasured, .nothingMatched, .badLooks, .otherLooks, .otherShare,
      .brokenLedger, .noClaims, .nothingClaimed, .otherSpec:
      trialDescription
    }
  }

  /// What stands in the way of a gate, or of verdicts that are tried again.
  private var trialDescription: String {
    switch self {
    case .noDirection(let name):
      "\(name.map { "Of '\($0)'" } ?? "Of no metric of the baseline") the spec says that a direction is better. "
        + "A gate needs \"better\": \"lower\" or \"higher\"."
    case .unmeasured(let name): "'\(name)' was not measured on both sides."
    case .nothingMatched(let names):
      "The two sides have no value of \(names.map { "'\($0)'" }.joined(separator: ", ")) in common. "
        + "Name a level of each, as in 'width=32,depth=2'."
    case .badLooks(let looks):
      "The looks \(looks.map(String.init).joined(separator: ",")) cannot be used. They are at most "
        + "\(LookSchedule.lookLimit) counts of seeds that rise, from 2 to \(LookSchedule.seedLimit)."
    case .otherLooks(let looks):
      "This candidate was opened with looks after \(looks.map(String.init).joined(separator: ", ")) seeds, which stay as they are. Leave --looks out."
    case .otherShare(let share, let path):
      "'\(path)' was begun with a share of \(share), which stays as it is. Leave --share out, or begin another ledger."
    case .brokenLedger(let path, let error): "'\(path)': \(error)"
    case .noClaims(let path):
      "'\(path)' carries no verdicts that could be tried. 'sweep report --format html' writes a page that does."
    case .nothingClaimed(let path): "'\(path)' has no settled verdict: there is nothing to try."
    case .otherSpec(let path):
      "The spec in '\(path)' is not the one that the page was made with: it was changed afterwards."
    default: preconditionFailure("it is told above")
    }
  }
}
