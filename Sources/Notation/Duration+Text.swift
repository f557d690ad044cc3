extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }

  /// Seconds in as few digits as they need: `600`, `0.5`.
  package var plainSeconds: String {
    let rounded = (seconds * 1000).rounded() / 1000
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  /// The duration in the unit that suits it: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
  package var readable: String {
    guard seconds >= 10 else { return "\((seconds * 10).rounded() / 10) s" }
    let whole = Int(seconds.rounded())
    guard whole >= 60 else { return "\(whole) s" }
    guard whole >= 3600 else { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
