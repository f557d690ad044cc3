/// The words of a command line as they may be kept: what looks like a secret is not in them.
package enum MaskedArguments {
  /// What stands in the place of a secret.
  package static let mask = "***"

  /// The words with the values of secret flags, tokens that services give out, and passwords in addresses masked.
  ///
  /// A guess by names and by forms: it keeps out what people hand over by mistake, and finds no secret that looks like
  /// any other word.
  package static func masking(_ words: [String]) -> [String] {
    var isNextSecret = false
    return words.map { word in
      if isNextSecret, !word.hasPrefix("-") {
        isNextSecret = false
        return mask
      }
      isNextSecret = word.hasPrefix("-") && !word.contains("=") && isSecret(name: word)
      return masking(word)
    }
  }

  private static func masking(_ word: String) -> String {
    if let sign = word.firstIndex(of: "="), isSecret(name: word[..<sign]) {
      return word[...sign] + mask
    }
    return word.replacing(#/://([^:@/\s]*):[^@/\s]+@/#) { "://\($0.output.1):\(mask)@" }
      .replacing(token, with: mask)
  }

  /// Whether a flag or key is called as one that holds a secret.
  private static func isSecret(name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    let parts = name.split { !$0.isLetter }.map(String.init)
    return parts.contains { words.contains($0) }
      || zip(parts, parts.dropFirst()).contains { keys.contains($0) && $1 == "key" }
  }

  private static let words: Set = [
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "apikey", "credential",
    "credentials", "auth",
  ]
  private static let keys: Set = ["api", "access", "private", "secret", "account"]

  /// The forms in which services give tokens out.
  private static var token: Regex<Substring> {
    #/(?:gh[oprsu]_|github_pat_|glpat-|hf_|sk-|xox[abprs]-|AKIA|eyJ)[A-Za-z0-9_\-.]{16,}/#
  }
}
