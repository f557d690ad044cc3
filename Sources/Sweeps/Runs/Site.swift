package import Notation

/// Where an attempt at a run was made: what the origin of its start does not say already.
package struct Site: Sendable, Hashable {
  /// The device that it had to itself or shared, as programs are told it; empty without one.
  package var device = ""
  /// The machine of a cluster and its processor; empty on the coordinator's own.
  package var node = ""
  package var processor = ""
  /// The cluster's job and its task, as `4711_3`; empty without one.
  package var job = ""
  /// How often the cluster had started that task anew before.
  package var restarts = 0

  package init(
    device: String = "",
    node: String = "",
    processor: String = "",
    job: String = "",
    restarts: Int = 0
  ) {
    self.device = device
    self.node = node
    self.processor = processor
    self.job = job
    self.restarts = restarts
  }

  /// Reads what ``json`` wrote; what is missing or of another kind is as if it were not known.
  package init(_ json: JSON) {
    let object = json.object ?? JSONObject()
    self.init(
      device: object["device"]?.string ?? "",
      node: object["node"]?.string ?? "",
      processor: object["processor"]?.string ?? "",
      job: object["job"]?.string ?? "",
      restarts: max(0, object["restarts"]?.integer ?? 0)
    )
  }

  package var isEmpty: Bool { self == Site() }

  /// What is known, by its name.
  package var json: JSON {
    var object = JSONObject()
    for (key, text) in [("device", device), ("node", node), ("processor", processor), ("job", job)]
    where !text.isEmpty {
      object[key] = .string(text)
    }
    if restarts > 0 { object["restarts"] = JSON(restarts) }
    return .object(object)
  }
}

extension Site: CustomStringConvertible {
  /// `on n2, device 1, job 4711_3, restarted once`; empty where nothing is known.
  package var description: String {
    let parts = [
      node, device.isEmpty ? "" : "device \(device)", job.isEmpty ? "" : "job \(job)",
      restarts == 0 ? "" : restarts == 1 ? "restarted once" : "restarted \(restarts) times",
    ].filter { !$0.isEmpty }
    return parts.isEmpty ? "" : "on " + parts.joined(separator: ", ")
  }
}
