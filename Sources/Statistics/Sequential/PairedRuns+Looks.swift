/// Contrasts under a rule of looks.
extension PairedRuns {
  /// Takes every look whose runs have all ended.
  ///
  /// All cells have the seeds of the first look; those of open questions go on to the next one together.
  func takingLooks(_ plan: LookPlan, asked: [Question]) -> LookSequence {
    let contrasts = asked.map { Contrast($0, design: design) }
    let matched = contrasts.map { $0.map(self.matched) ?? MatchedRuns(weights: [], seedCount: 0) }
    let metrics = asked.map { question in
      design.metrics.firstIndex { $0.name == question.metric }
    }
    var sequence = LookSequence(
      plan: plan,
      walks: zip(asked, contrasts).map { question, contrast in
        LookSequence.Walk(question: question, cells: contrast.map(cells(of:)) ?? [])
      },
      reached: Dictionary(uniqueKeysWithValues: standings.keys.map { ($0, 0) })
    )
    for look in plan.schedule.seeds.indices {
      let open = sequence.walks.indices.filter { sequence.walks[$0].isOpen }
      let waiting =
        look == 0
        ? Set(standings.keys) : open.reduce(into: []) { $0.formUnion(sequence.walks[$1].cells) }
      guard look == 0 || !open.isEmpty else { break }
      for cell in waiting { sequence.reached[cell] = look }
      guard
        design.seeds.taken.map({ look < $0 }) ?? hasEnded(look, of: plan.schedule, cells: waiting)
      else { break }
      for index in open {
        var result = ContrastResult.noPairs
        if let metric = metrics[index] {
          result = judged(matched[index], metric: metric, look: look, of: plan)
        } else {
          result.look = standing(of: result, look: look, of: plan, delta: 0)
        }
        sequence.walks[index].results.append(result)
      }
      sequence.taken = look + 1
    }
    return sequence
  }

  /// Whether all runs of a look have ended, as far as the table plans them.
  ///
  /// A table without unfinished rows is taken as it is: what is not in it is missing, and a look is over once any of
  /// its seeds is there.
  private func hasEnded(_ look: Int, of schedule: LookSchedule, cells: Set<[Int]>) -> Bool {
    let known = cells.compactMap { standings[$0] }
    guard known.allSatisfy({ $0.firstUnfinished ?? .max >= schedule.seeds[look] }) else {
      return false
    }
    return look == 0 || known.contains { $0.lastSeed >= schedule.seeds[look - 1] }
  }

  /// The cells of the settings that have all parts of a contrast, whatever became of their runs.
  private func cells(of contrast: Contrast) -> Set<[Int]> {
    guard let (free, fixed, parts) = places(of: contrast) else { return [] }
    let all = standings.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let settings = Self.settings(in: all, free: free, fixed: fixed, parts: parts)
    return Set(settings.joined().map { all[$0] })
  }

  /// The result of a contrast at one look.
  private func judged(
    _ matched: MatchedRuns,
    metric: Int,
    look: Int,
    of plan: LookPlan
  ) -> ContrastResult {
    let count = plan.schedule.seeds[look]
    var result = result(
      matched.keeping { everySeed[$0] < count },
      metric: metric,
      rule: .look(plan.levels(at: look))
    )
    let delta = design.metrics[metric].delta
    result.look = standing(of: result, look: look, of: plan, delta: delta)
    result.look?.first = values(
      matched.keeping { everySeed[$0] < plan.schedule.first },
      metric: metric
    ).map { LookStanding.OtherMean(count: $0.count, estimate: mean($0)) }
    return result
  }

  private func values(_ matched: MatchedRuns, metric: Int) -> [Double]? {
    let values = values(of: matched, column: columns[metric]).perSeed
    return values.isEmpty ? nil : values
  }

  private func standing(
    of result: ContrastResult,
    look: Int,
    of plan: LookPlan,
    delta: Double
  ) -> LookStanding {
    let isLast = look + 1 == plan.schedule.seeds.count
    let chance =
      result.status == .ok && result.outcome == nil && !isLast
      ? plan.chance(of: result, after: look, delta: delta) : nil
    var standing = LookStanding(
      number: look + 1,
      looks: plan.schedule.seeds.count,
      plannedSeeds: plan.schedule.seeds[look],
      commonLook: look + 1,
      levels: plan.levels(at: look),
      state: result.state(isLast: isLast, chance: chance)
    )
    standing.chance = chance
    standing.pOverLooks = result.test.flatMap { plan.pOverLooks($0.p, look: look) }
    return standing
  }

  /// The result of any contrast under the design's rule: it walks the looks that all its cells have, and stands where
  /// it settles, else at the last of them.
  ///
  /// A contrast with a cell that no question needs has one look, and spends all of its error there. Nothing is ever
  /// averaged over cells with different seeds.
  func settled(
    _ contrast: Contrast,
    _ matched: MatchedRuns,
    metric: Int,
    in sequence: LookSequence
  ) -> ContrastResult {
    let cells = cells(of: contrast)
    let isNeeded = cells.isSubset(of: sequence.needed)
    let plan =
      isNeeded ? sequence.plan : LookPlan(sequence.plan.schedule.single, alpha: sequence.plan.alpha)
    let common = isNeeded ? cells.map { sequence.reached[$0, default: 0] }.min() ?? 0 : 0
    let available = min(common + 1, sequence.taken)
    guard available > 0 else { return untaken(sequence.plan) }
    var result = judged(matched, metric: metric, look: available - 1, of: plan)
    if contrast.isChange {
      for look in 0..<(available - 1) {
        let earlier = judged(matched, metric: metric, look: look, of: plan)
        guard earlier.outcome != nil else { continue }
        result = earlier
        break
      }
    }
    result.look?.commonLook = common + 1
    // Only questions are given up, and only they wait for seeds.
    result.look?.chance = nil
    result.look?.state =
      result.outcome != nil ? .settled : sequence.isFinished ? .notSettled : .open
    return addingAllSeeds(result, matched, metric: metric, in: sequence)
  }

  /// The result with the mean over all seeds that the looks brought, where those are more than decided.
  private func addingAllSeeds(
    _ result: ContrastResult,
    _ matched: MatchedRuns,
    metric: Int,
    in sequence: LookSequence
  ) -> ContrastResult {
    guard let standing = result.look, standing.state != .open, sequence.taken > 0 else {
      return result
    }
    let count = sequence.plan.schedule.seeds[sequence.taken - 1]
    guard let all = values(matched.keeping { everySeed[$0] < count }, metric: metric),
      all.count > result.seedCount
    else { return result }
    var result = result
    result.look?.allSeeds = LookStanding.OtherMean(count: all.count, estimate: mean(all))
    return result
  }

  /// The result before the first look: nothing is told of runs that have not all ended.
  private func untaken(_ plan: LookPlan) -> ContrastResult {
    var result = ContrastResult.noPairs
    result.look = LookStanding(
      number: 0,
      looks: plan.schedule.seeds.count,
      plannedSeeds: plan.schedule.first,
      commonLook: 1,
      levels: nil,
      state: .open
    )
    return result
  }

  /// The answer to a question that the rule asks; nil for any other contrast.
  func walked(
    _ question: Question,
    _ matched: MatchedRuns,
    metric: Int,
    in sequence: LookSequence
  ) -> ContrastResult? {
    sequence.walks.first { $0.question == question }.map { walk in
      walk.last.map { addingAllSeeds($0, matched, metric: metric, in: sequence) }
        ?? untaken(sequence.plan)
    }
  }

  /// The result with seeds that came after somebody had looked: a verdict on the declared seeds stands, and what is
  /// open can be settled by the interval alone that holds under any looking.
  func extended(
    _ declared: ContrastResult,
    _ matched: MatchedRuns,
    metric: Int
  ) -> ContrastResult {
    let all = result(matched, metric: metric, rule: .anytime(alpha: design.alpha))
    guard all.seedCount > declared.seedCount else { return declared }
    var result = declared.outcome == nil ? all : declared
    var standing = LookStanding(
      number: declared.look?.number ?? 1,
      looks: declared.look?.looks ?? 1,
      plannedSeeds: declared.look?.plannedSeeds ?? declared.seedCount,
      commonLook: declared.look?.commonLook ?? 1,
      levels: declared.outcome == nil ? nil : declared.look?.levels,
      state: result.outcome == nil ? .notSettled : .settled
    )
    standing.first =
      declared.look?.first
      ?? declared.estimate.map {
        LookStanding.OtherMean(count: declared.seedCount, estimate: $0)
      }
    standing.countsLaterSeeds = declared.outcome == nil
    standing.pOverLooks =
      declared.outcome == nil ? all.test?.p : declared.look?.pOverLooks ?? declared.test?.p
    if declared.outcome != nil, let estimate = all.estimate {
      standing.allSeeds = LookStanding.OtherMean(count: all.seedCount, estimate: estimate)
    }
    result.look = standing
    return result
  }
}

extension Contrast {
  /// Whether it compares cells, and is no mean of them.
  fileprivate var isChange: Bool {
    parts.contains { $0.weight != 0 } && abs(compensatedSum(parts.lazy.map(\.weight))) < 1e-9
  }
}
