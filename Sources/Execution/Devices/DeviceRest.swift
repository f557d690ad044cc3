import Sweeps

/// Which devices are given no more runs, because one run after another failed on them.
struct DeviceRest: Sendable {
  /// Failures in a row after which a device is rested.
  static let limit = 3

  private let devices: Devices
  /// Whether the last device goes on whatever fails on it.
  private let keepsLast: Bool
  private var failures: [String: Int] = [:]
  private(set) var rested: [String] = []

  init(_ devices: Devices, keepsLast: Bool) {
    self.devices = devices
    self.keepsLast = keepsLast
  }

  /// Whether a slot's device takes runs; a slot without one does.
  func isAwake(_ slot: Int) -> Bool {
    devices.name(of: slot).map { !rested.contains($0) } ?? true
  }

  /// Whether no device takes runs any more.
  var isComplete: Bool { !devices.names.isEmpty && rested.count == devices.names.count }

  /// Takes in how an attempt ended.
  ///
  /// A run that diverged was computed, and says nothing against its device; one that was lost or stopped says nothing.
  ///
  /// - Parameters:
  ///   - status: Of the attempt.
  ///   - slot: Where it was made.
  /// - Returns: The device, where this failure is the one too many.
  mutating func ended(_ status: RunStatus, in slot: Int) -> String? {
    guard let device = devices.name(of: slot) else { return nil }
    switch status {
    case .ok, .diverged: failures[device] = 0
    case .failed, .timedOut: failures[device, default: 0] += 1
    case .pending, .running: break
    }
    guard failures[device, default: 0] >= Self.limit, !rested.contains(device),
      !keepsLast || rested.count + 1 < devices.names.count
    else { return nil }
    rested.append(device)
    return device
  }
}
