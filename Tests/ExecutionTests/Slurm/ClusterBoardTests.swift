import Execution
import Foundation
import Notation
import Storage
import Sweeps
import Testing

/// Which attempts a cluster's words mean, without a cluster.
struct ClusterBoardTests {
  private static let batch = "sweep-a-1"
  private let runs = (0..<4).map { Run(id: "r\($0)", seed: $0, levels: [], settings: [:]) }

  private func assignment(_ index: Int, attempt: Int = 1) -> Assignment {
    Assignment(run: runs[index], index: index, attempt: attempt, slot: index)
  }

  /// A board whose four runs are two tasks of a batch.
  private func board(attempts: Int = 3) -> ClusterBoard {
    var board = ClusterBoard(attempts: attempts)
    _ = board.submit((0..<4).map { assignment($0) })
    let chunks = board.take(Self.batch, tasks: 9, chunk: 2)
    #expect(chunks.map { $0.map(\.id) } == [["r0", "r1"], ["r2", "r3"]])
    return board
  }

  private func segment(_ task: Int, _ token: String) -> Segment {
    Segment(task: task, token: token, site: Site(node: "n-\(token)"))
  }

  private func began(_ board: inout ClusterBoard, _ run: Int, _ token: String) -> [String] {
    let line = Segment.Line.began(
      run: "r\(run)",
      at: Date(timeIntervalSince1970: 1),
      device: ""
    )
    return words(board.take(line, of: segment(run / 2, token), in: Self.batch))
  }

  private func ended(_ board: inout ClusterBoard, _ run: Int, _ token: String) -> [String] {
    let ending = Segment.Ending(
      run: "r\(run)",
      outcome: .finished,
      measurements: Measurements(),
      lastLines: [],
      started: Date(timeIntervalSince1970: 1),
      duration: .seconds(2),
      device: "",
      attempt: 1
    )
    return words(board.take(.ended(ending), of: segment(run / 2, token), in: Self.batch))
  }

  private func words(_ events: [ExecutorEvent]) -> [String] {
    events.map { event in
      switch event {
      case .began(let key, let handle, _, let site):
        "began \(key.run)#\(key.number) \(handle) \(site.node)"
      case .ended(let record): "\(record.outcome) \(record.run.id)#\(record.attempt)"
      case .lost(let key, let reason): "lost \(key.run)#\(key.number): \(reason)"
      case .returned(let key): "returned \(key.run)#\(key.number)"
      case .surplus(let attempt): "surplus \(attempt.run) \(attempt.handle) \(attempt.site.node)"
      case .failed, .broken, .noted: "?"
      }
    }
  }

  private func answer(_ states: [(task: Int, state: String)]) -> QueueAnswer {
    QueueAnswer(
      states.map { "\(Self.batch)|7|\($0.task)|\($0.state)|n1|None" }
        .joined(separator: "\n")
    )
  }

  /// Has Slurm say so often that these are the states, a second apart.
  private func observe(
    _ board: inout ClusterBoard,
    _ states: [(task: Int, state: String)],
    times: Int,
    from start: Int = 0
  ) -> [Int] {
    for second in start..<start + times {
      _ = board.observe(answer(states), of: [Self.batch], at: .seconds(second))
    }
    return board.goneTasks(at: .seconds(start + times), grace: .seconds(2)).map(\.index)
  }

  @Test func `a run begins and ends once, however often that is told`() {
    var board = board()
    #expect(began(&board, 0, "t1") == ["began r0#1 t1 n-t1"])
    #expect(began(&board, 0, "t1").isEmpty)
    #expect(ended(&board, 0, "t1") == ["ok r0#1"])
    #expect(ended(&board, 0, "t1").isEmpty)
    #expect(board.openTaskCount == 2 && board.medianSeconds == 2)
  }

  @Test func `of two starts at once the later one answers, and both were attempts`() {
    var board = board()
    _ = began(&board, 0, "t1")
    #expect(began(&board, 0, "t2") == ["lost r0#1: its task was started anew on n-t2"])
    #expect(ended(&board, 0, "t1").isEmpty, "the one that was lost")
    #expect(words(board.submit([assignment(0, attempt: 2)])) == ["began r0#2 t2 n-t2"])
    #expect(ended(&board, 0, "t2") == ["ok r0#2"])
    #expect(board.waitingCount == 0)
  }

  @Test func `a start that is heard of after the run's end is an attempt, and changes nothing`() {
    var board = board()
    _ = began(&board, 0, "t1")
    #expect(ended(&board, 0, "t1") == ["ok r0#1"])
    #expect(began(&board, 0, "t2") == ["surplus r0 t2 n-t2"])
    #expect(ended(&board, 0, "t2").isEmpty)
  }

  @Test func `an end that nobody has asked for yet outlives its task and a second start`() {
    var board = ClusterBoard(attempts: 3)
    board.add(Self.batch, chunks: [["r0", "r1"], ["r2"]])
    _ = began(&board, 0, "t1")
    #expect(ended(&board, 0, "t1").isEmpty)
    #expect(began(&board, 0, "t2") == ["surplus r0 t2 n-t2"])
    #expect(observe(&board, [(1, "RUNNING")], times: 3) == [0], "r1 has no end")
    #expect(board.giveUp(ClusterBoard.TaskKey(batch: Self.batch, index: 0)).isEmpty)
    #expect(words(board.submit([assignment(0)])) == ["began r0#1 t1 n-t1", "ok r0#1"])
    #expect(board.waitingCount == 0)
  }

  @Test func `a task is gone after three answers without it, and not before`() {
    var board = board()
    _ = began(&board, 0, "t1")
    #expect(observe(&board, [(1, "RUNNING")], times: 2).isEmpty)
    #expect(observe(&board, [(0, "PENDING"), (1, "RUNNING")], times: 1, from: 2).isEmpty)
    #expect(observe(&board, [(1, "RUNNING")], times: 2, from: 3).isEmpty)
    #expect(observe(&board, [(0, "NODE_FAIL"), (1, "RUNNING")], times: 1, from: 5) == [0])
    let task = ClusterBoard.TaskKey(batch: Self.batch, index: 0)
    #expect(words(board.giveUp(task)) == ["lost r0#1: node n1 failed"])
    #expect(board.waitingCount == 1, "the one that had not begun waits under its number")
    #expect(board.take("b", tasks: 9, chunk: 9).map { $0.map(\.id) } == [["r1"]])
  }

  @Test(arguments: [
    ("OUT_OF_MEMORY", "its task ran out of memory on node n1"),
    ("TIMEOUT", "its task came to the time limit of its job"),
    ("PREEMPTED", "its task was preempted"),
    ("CANCELLED by 0", "somebody cancelled its task"),
  ])
  func `what Slurm says of an end is said of the attempt, and of the last one`(
    state: String,
    sentence: String
  ) {
    let task = ClusterBoard.TaskKey(batch: Self.batch, index: 0)
    var board = board(attempts: 2)
    _ = began(&board, 0, "t1")
    #expect(observe(&board, [(0, state), (1, "RUNNING")], times: 3) == [0])
    #expect(words(board.giveUp(task)) == ["lost r0#1: \(sentence)"])
    _ = board.submit([assignment(0, attempt: 2)])
    _ = board.take(Self.batch, tasks: 1, chunk: 2)
    _ = began(&board, 0, "t2")
    _ = observe(&board, [(0, state)], times: 3, from: 9)
    #expect(
      words(board.giveUp(task)) == [
        "failed: given up after 2 attempts that were lost; \(sentence) r0#2"
      ]
    )
  }

  @Test func `an answer about other batches says nothing of these`() {
    var board = board()
    for second in 0..<5 { _ = board.observe(answer([]), of: ["other"], at: .seconds(second)) }
    #expect(board.goneTasks(at: .seconds(9), grace: .zero).isEmpty)
  }

  @Test func `only attempts that began count, and the last one too many is a failure`() {
    var board = board(attempts: 2)
    let task = ClusterBoard.TaskKey(batch: Self.batch, index: 0)
    _ = began(&board, 0, "t1")
    #expect(words(board.giveUp(task)).count == 1)
    _ = board.submit([assignment(0, attempt: 2)])
    _ = board.take(Self.batch, tasks: 1, chunk: 2)
    _ = began(&board, 0, "t2")
    #expect(
      words(board.giveUp(task)) == [
        "failed: given up after 2 attempts that were lost; its task is gone from Slurm's queue r0#2"
      ]
    )
    #expect(board.waitingCount == 1, "r1 never began")
  }

  @Test func `what an earlier session handed in is not handed in again`() {
    var board = ClusterBoard(attempts: 3)
    board.add(Self.batch, chunks: [["r0", "r1"]])
    #expect(
      board.adopt("r0", token: "t1", since: Date()) && !board.adopt("r9", token: "", since: Date())
    )
    board.claim(assignment(0, attempt: 4))
    #expect(ended(&board, 1, "t1").isEmpty, "nobody has asked for it yet")
    #expect(words(board.submit([assignment(1), assignment(2)])) == ["ok r1#1"])
    #expect(board.waitingCount == 1)
    #expect(ended(&board, 0, "t1") == ["ok r0#4"])
  }

  @Test func `what has not begun is given back, and what has goes on`() {
    var board = board()
    _ = began(&board, 0, "t1")
    #expect(Set(words(board.withdraw())) == ["returned r1#1", "returned r2#1", "returned r3#1"])
    #expect(ended(&board, 0, "t1") == ["ok r0#1"])
  }

  @Test func `all that is cancelled says so once`() {
    var board = board()
    _ = began(&board, 0, "t1")
    #expect(Set(words(board.cancel())).count == 4)
    #expect(board.cancel().isEmpty && ended(&board, 0, "t1").isEmpty)
  }
}
