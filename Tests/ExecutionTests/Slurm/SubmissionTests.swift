import Execution
import Sweeps
import Testing

/// The one call that hands runs in, and what it must not do.
struct SubmissionTests {
  private func submission(
    _ settings: SlurmSettings = SlurmSettings(),
    cores: Int = 1,
    predecessor: String? = nil
  ) -> Submission {
    Submission(
      name: "sweep-dose-1",
      folder: "/scratch/a b/slurm/sweep-dose-1",
      tasks: 64,
      throttle: 16,
      cores: cores,
      predecessor: predecessor,
      settings: settings
    )
  }

  @Test func `the user's options come last, an argument each`() {
    let settings = SlurmSettings(options: ["--partition=gpu", "--comment=a; rm -rf $HOME"])
    #expect(
      submission(settings, cores: 4, predecessor: "12").words == [
        "sbatch", "--parsable", "--job-name=sweep-dose-1", "--array=0-63%16", "--requeue",
        "--open-mode=append", "--output=/scratch/a b/slurm/sweep-dose-1/logs/%A_%a.log",
        "--chdir=/scratch/a b/slurm/sweep-dose-1", "--signal=B:USR1@60",
        "--dependency=afterany:12", "--cpus-per-task=4", "--partition=gpu",
        "--comment=a; rm -rf $HOME", "/scratch/a b/slurm/sweep-dose-1/task.sh",
      ]
    )
  }

  @Test func `processors that the user asks for are not asked for twice`() {
    let words = submission(SlurmSettings(options: ["-c8"], requeue: false), cores: 4).words
    #expect(!words.contains("--cpus-per-task=4") && words.contains("--no-requeue"))
  }

  @Test(
    arguments: [
      ([], nil), (["-c4"], 4), (["-c", "2"], 2), (["--cpus-per-task=8"], 8),
      (["--cpus-per-task", "3"], 3), (["-c2", "--cpus-per-task=6"], 6), (["-c"], nil),
      (["-cx"], nil), (["--cpus-per-task=0"], nil), (["-C", "4"], nil),
    ] as [([String], Int?)]
  )
  func `processors of a task are read from the options`(options: [String], count: Int?) {
    #expect(Submission.processors(in: options) == count)
  }

  @Test func `a task that makes several at a time gets as many more`() {
    #expect(ChunkSize.automatic(runs: 1000, slots: 10, median: 60, atOnce: 1) == 5)
    #expect(ChunkSize.automatic(runs: 1000, slots: 10, median: 60, atOnce: 4) == 20)
  }

  @Test func `the script quotes what may have blanks`() {
    let script = submission().script(program: "/home/o'neil/sweep")
    #expect(script.contains(#"program='/home/o'\''neil/sweep'"#))
    #expect(script.hasSuffix("task --batch '/scratch/a b/slurm/sweep-dose-1'\n"))
  }

  @Test(arguments: ["--array=0-3", "-a0-3", "--job-name=x", "-J", "--wrap=ls", "-o/dev/null"])
  func `an option that is the program's own is a conflict`(option: String) {
    #expect(Submission.conflict(in: ["--time=1:00:00", option]) == option)
  }

  @Test func `other options are none`() {
    #expect(Submission.conflict(in: ["--account=a", "--oversubscribe", "--gres=gpu:1"]) == nil)
  }

  @Test(arguments: [
    ("4711\n", "4711"), ("4711;cluster\n", "4711"), ("warning: x\n4711\n", "4711"), ("", nil),
    ("Submitted batch job 4711", nil), (";4711", nil),
  ])
  func `the job is the number before the cluster`(answer: String, job: String?) {
    #expect(Submission.job(in: answer) == job)
  }

  @Test func `what an allocation around it says does not reach Slurm`() {
    let environment = Submission.environment([
      "SLURM_CONF": "/c", "SLURM_JOB_ID": "1", "SBATCH_PARTITION": "p", "SQUEUE_FORMAT": "%i",
      "PATH": "/bin", "SWEEP_RUN": "x",
    ])
    #expect(environment == ["SLURM_CONF": "/c", "PATH": "/bin", "SLURM_BITSTR_LEN": "0"])
  }

  @Test(arguments: [
    ("a  b", ["a", "b"]), ("--comment='two words' -x", ["--comment=two words", "-x"]),
    (#"--a="""#, ["--a="]), ("''", [""]), ("  ", []), ("$HOME;ls", ["$HOME;ls"]),
    ("'open", ["open"]),
  ])
  func `options in one text are its words`(text: String, words: [String]) {
    #expect(Submission.options(in: text) == words)
  }

  @Test(arguments: [
    ("sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", true),
    ("Unable to contact slurm controller (connect failure)", true), ("", true),
    ("sbatch: error: QOSMaxSubmitJobPerUserLimit", true),
    ("sbatch: error: invalid partition specified: nope", false),
  ])
  func `only some refusals may pass`(words: String, mayPass: Bool) {
    #expect(Submission.isTransient(words) == mayPass)
  }

  @Test(arguments: [
    // 1000 runs of 0.1 s on 10 slots: four tasks a slot.
    (1000, 10, 0.1, 25), (1000, 10, 60, 5), (1000, 10, 3600, 1), (3, 64, 0.1, 1),
    (1000, 10, nil, 1),
    (0, 10, 1, 1), (1_000_000, 10, 0, 25_000),
  ])
  func `a chunk takes five minutes, and every slot gets four`(
    runs: Int,
    slots: Int,
    median: Double?,
    size: Int
  ) {
    #expect(ChunkSize.automatic(runs: runs, slots: slots, median: median, atOnce: 1) == size)
  }
}
