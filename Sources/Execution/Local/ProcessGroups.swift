import Notation
import Storage
import Sweeps
import Foundation
import Synchronization

/// The programs at work, each the leader of a process group of its own, and how they are ended.
///
/// Signals go to whole groups, so that what a program started ends with it.
final class ProcessGroups: Sendable {
  /// Why a program was ended from here.
  enum Ending: Sendable, Equatable {
    case timeout(Duration)
    case stop
  }

  /// Time that a program has to save its work between SIGTERM and SIGKILL.
  static let grace = Duration.seconds(10)

  private struct State {
    var endings: [pid_t: Ending?] = [:]
    var isStopping = false
    var isKilling = false
  }

  private let state = Mutex(State())
  private let sentry: Sentry?

  /// - Parameter sentry: Is told of every group, so that none outlives a killed coordinator.
  init(sentry: Sentry?) {
    self.sentry = sentry
  }

  /// Takes in a group that was just started, and ends it at once when all are being ended.
  func began(_ group: pid_t) {
    sentry?.tell(.began(group))
    let signal = state.withLock { state -> Int32? in
      state.endings[group] = .some(state.isStopping ? .stop : nil)
      return state.isKilling ? SIGKILL : state.isStopping ? SIGTERM : nil
    }
    if let signal { kill(-group, signal) }
  }

  /// Forgets a group whose leader ended, and ends what the leader left behind.
  ///
  /// The number cannot belong to others yet: no process gets a number that a group still has, and an
  /// empty group makes the signal fail.
  ///
  /// - Returns: Why it was ended from here; nil when it ended by itself.
  func ended(_ group: pid_t) -> Ending? {
    kill(-group, SIGKILL)
    let ending = state.withLock { $0.endings.removeValue(forKey: group) ?? nil }
    sentry?.tell(.ended(group))
    return ending
  }

  /// Asks one group to end, and makes it after the grace.
  package func end(_ group: pid_t, because ending: Ending) async {
    let isThere = state.withLock { state in
      guard let earlier = state.endings[group], earlier == nil else { return false }
      state.endings[group] = .some(ending)
      return true
    }
    guard isThere else { return }
    kill(-group, SIGTERM)
    try? await Task.sleep(for: Self.grace, clock: .suspending)
    killIfThere([group])
  }

  /// Asks all groups to end, and those that are still starting.
  func stopAll() {
    let groups = state.withLock { state in
      state.isStopping = true
      for (group, ending) in state.endings where ending == nil {
        state.endings[group] = .some(.stop)
      }
      return Array(state.endings.keys)
    }
    for group in groups { kill(-group, SIGTERM) }
  }

  /// Makes all groups end.
  func killAll() {
    stopAll()
    state.withLock { $0.isKilling = true }
    killIfThere(state.withLock { Array($0.endings.keys) })
  }

  private func killIfThere(_ groups: [pid_t]) {
    let there = state.withLock { state in groups.filter { state.endings.keys.contains($0) } }
    for group in there { kill(-group, SIGKILL) }
  }
}
