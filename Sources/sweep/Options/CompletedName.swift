import ArgumentParser
import Foundation
import Laboratory
import Storage

/// Names that a shell completes: it calls this program with the words of the line, which may name a results folder.
enum CompletedName {
  /// Ids of runs that are offered; a shell with more asks for the next digit.
  private static let runLimit = 200

  static let sweep = CompletionKind.custom { words, _, _ in sweeps(words) }
  static let run = CompletionKind.custom { words, _, start in runs(words, start) }
  static let sweepOrRun = CompletionKind.custom { words, _, start in
    sweeps(words) + runs(words, start)
  }
  static let tag = CompletionKind.custom { words, _, _ in
    answers("SELECT DISTINCT value FROM sweeps, json_each(tags)", words)
      + answers("SELECT DISTINCT value FROM runs, json_each(tags)", words)
  }
  static let metric = CompletionKind.custom { words, _, _ in
    answers("SELECT DISTINCT key FROM sweeps, json_each(spec, '$.metrics')", words)
  }
  /// A level of an axis, as in `dropout=0.5`, after what stands before a comma.
  static let cell = CompletionKind.custom { words, _, start in
    let done = start.lastIndex(of: ",").map { start[...$0] } ?? ""
    let levels = "SELECT DISTINCT key || '=' || value FROM runs, json_each(levels) ORDER BY 1"
    return sweeps(words) + answers(levels, words).map { done + $0 }
  }
  static let question = CompletionKind.custom { words, _, start in
    let done = start.lastIndex(of: ",").map { start[...$0] } ?? ""
    let ids =
      "SELECT DISTINCT json_extract(value, '$.id') FROM sweeps, json_each(spec, '$.questions')"
    return answers(ids, words).map { done + $0 }
  }

  private static func sweeps(_ words: [String]) -> [String] {
    answers("SELECT sweep FROM sweeps ORDER BY started DESC", words)
  }

  private static func runs(_ words: [String], _ start: String) -> [String] {
    guard start.allSatisfy(\.isHexDigit) else { return [] }
    return answers(
      "SELECT DISTINCT run FROM runs WHERE run LIKE '\(start)%' LIMIT \(runLimit)",
      words
    )
  }

  /// The first column of an answer; nothing where there are no results, for a shell shows no errors.
  private static func answers(_ question: String, _ words: [String]) -> [String] {
    let found = try? laboratory(of: words).answer(question, wide: nil) { answer in
      var texts: [String] = []
      while let row = try answer.next() {
        if case .text(let text)? = row.first { texts.append(text) }
      }
      return texts
    }
    return found?.value ?? []
  }

  private static func laboratory(of words: [String]) -> Laboratory {
    let named = words.firstIndex(of: "--results").map { $0 + 1 }.flatMap { place in
      place < words.count ? words[place] : nil
    }
    let joined = words.first { $0.hasPrefix("--results=") }.map { $0.dropFirst("--results=".count) }
    return Laboratory(at: named ?? joined.map(String.init) ?? "results")
  }
}
