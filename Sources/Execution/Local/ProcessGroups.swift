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
    var sentry: Sentry?
  }

  private let state = Mutex(State())

  /// Tells every group to a sentry, those that are there and those to come, so that none outlives a killed
  /// coordinator.
  func watch(with sentry: Sentry) {
    state.withLock { state in
      state.sentry = sentry
      for group in state.endings.keys { sentry.tell(.began(group)) }
    }
  }

  /// Who watches at this moment.
  var sentry: Sentry? { state.withLock { $0.sentry } }

  /// Whether all are being ended.
  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// Lets the sentry go, once no group is left.
  func dismissWatch() async {
    let sentry = state.withLock { state in
      defer { state.sentry = nil }
      return state.sentry
    }
    await sentry?.dismiss()
  }

  /// Takes in a group that was just started, and ends it at once when all are being ended.
  func began(_ group: pid_t) {
    let signal = state.withLock { state -> Int32? in
      state.sentry?.tell(.began(group))
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
    return state.withLock { state in
      state.sentry?.tell(.ended(group))
      return state.endings.removeValue(forKey: group) ?? nil
    }
  }

  /// Why a group is being ended from here; nil where it is not, or is gone.
  func ending(of group: pid_t) -> Ending? {
    state.withLock { $0.endings[group] ?? nil }
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
