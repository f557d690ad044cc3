import Execution
import Statistics
import TestSupport
import Testing

/// What Slurm prints, as it was printed, and what nothing should be read from.
struct QueueAnswerTests {
  /// Printed by Slurm 22.05 with `SLURM_BITSTR_LEN=0`.
  private static let printed = """
    sweep-dose-1|4711|0|COMPLETED|n1|None
    sweep-dose-1|4711|1|RUNNING|n2|None
    sweep-dose-1|4711|3-5%3|PENDING||Resources
    sweep-dose-1|4711|2|CANCELLED by 0|n1|None
    sweep-dose-2|4712|6-39:3%2|PENDING||JobArrayTaskLimit

    """

  @Test func `lines tell tasks, states, nodes and reasons`() {
    let answer = QueueAnswer(Self.printed)
    #expect(answer.lines.count == 5)
    #expect(answer.lines(of: "sweep-dose-1").map(\.tasks) == [[0], [1], [3, 4, 5], [2]])
    #expect(answer.lines.map(\.isAlive) == [false, true, true, false, true])
    #expect(answer.lines[3].state == "CANCELLED")
    #expect(answer.lines[1].node == "n2" && answer.lines[2].reason == "Resources")
    #expect(answer.lines[4].tasks.count == 12 && answer.lines[4].job == "4712")
  }

  @Test(arguments: [
    ("7", [7]), ("3-5%3", [3, 4, 5]), ("6-39:11%2", [6, 17, 28, 39]), ("6,12,18%2", [6, 12, 18]),
    ("[2-3,8]", [2, 3, 8]), ("N/A", []), ("", []), ("5-3", []), ("1-4:0", []), ("4294967294", []),
    ("-3", []), ("1-99999999999", []), ("0-3999999999", []), ("1,,2", [1, 2]), ("٣", []),
  ])
  func `an index list is read as Slurm writes it`(text: String, indices: [Int]) {
    #expect(TaskIndices(text).indices == indices)
  }

  @Test func `the tasks of all lines together are bounded`() {
    let line = "sweep-a|1|0-999998|RUNNING|n1|None\n"
    let answer = QueueAnswer(String(repeating: line, count: 100) + "sweep-a|1|7|RUNNING|n1|None\n")
    #expect(answer.lines.count == 101)
    #expect(answer.lines.reduce(0) { $0 + $1.tasks.count } <= 1_000_000)
    #expect(answer.lines[0].tasks.count == 999_999 && answer.lines[1].tasks.isEmpty)
    #expect(answer.lines[100].tasks == [7])
  }

  @Test(arguments: ["REQUEUE_HOLD", "SIGNALING", "STAGE_OUT", "A_STATE_OF_TOMORROW", "SUSPENDED"])
  func `a state that is not known for an end is life`(state: String) {
    let answer = QueueAnswer("sweep-a|1|0|\(state)|n1|None")
    #expect(answer.lines.map(\.isAlive) == [true])
  }

  @Test(arguments: [
    "", "\n\n", "slurm_load_jobs error: Unable to contact slurm controller", "a|b", "a|1|0|||",
    "|1|0|RUNNING|n|None", "a|1x|0|RUNNING|n|None", "a||0|RUNNING|n|None", "||||||||",
  ])
  func `other lines say nothing`(text: String) {
    #expect(QueueAnswer(text).lines.isEmpty)
  }

  @Test(arguments: [
    ("slurmstepd-n1: error: StepId=1.batch exceeded memory limit (268 > 104), being killed", true),
    ("slurmstepd: error: Detected 1 oom_kill event in StepId=7.batch.", true),
    ("slurmstepd: error: *** JOB 1 ON n1 CANCELLED AT 2026-12-01T05:01:26 ***", false),
    ("my program exceeded memory limit", false),
  ])
  func `a task that took too much memory is told by Slurm's words in its log`(
    line: String,
    isLoss: Bool
  ) {
    #expect(TaskEnd.isLossOfMemory(["said 1", line]) == isLoss)
  }

  @Test func `no text whatever makes it fail`() {
    var generator = SeededGenerator(purpose: "squeue", seed: 1)
    let pieces = Array("0123456789,-:%[]|abN/A \n_RUNNINGé\u{0}")
    for _ in 0..<20_000 {
      let length = generator.index(below: 60)
      let text = String((0..<length).map { _ in pieces[generator.index(below: pieces.count)] })
      for line in QueueAnswer(text).lines { #expect(line.tasks.allSatisfy { $0 >= 0 }) }
      _ = TaskIndices(text)
      _ = Submission.job(in: text)
      _ = Segment(Array(text.utf8))
    }
  }
}
