import Execution
import Foundation
import Storage
import Sweeps
import TestSupport
import Testing

#if os(Linux)
/// A clock that is set back while a sweep runs.
@Suite(.enabled(if: runsLongTests))
struct SlowClockTests {
  /// Every look at the wall clock finds it an hour earlier.
  private static let shim = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <time.h>
    static long hours;
    int clock_gettime(clockid_t clock, struct timespec *time) {
      int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
      int result = real(clock, time);
      if (clock == CLOCK_REALTIME) time->tv_sec -= 3600 * ++hours;
      return result;
    }
    """

  @Test func `a clock that runs backwards times nothing out and loses nothing`() throws {
    try withTemporaryFolder { url in
      let folder = try SweepFolder(
        url,
        files: [
          "shim.c": Self.shim, "worker.sh": "echo '{\"final\": {\"loss\": 0.5}}'",
          "trial.json": """
          {"name": "trial", "command": ["sh", "worker.sh"], "seeds": 50,
           "limits": {"timeout": "60s", "retries": 1}}
          """,
        ]
      )
      let build = try SweepBinary.run(
        ["clang", "-shared", "-fPIC", "-o", "shim.so", "shim.c", "-ldl"],
        in: url,
        executable: URL(fileURLWithPath: "/usr/bin/env")
      )
      try #require(build.exitCode == 0, "\(build.errors)")
      let run = try folder.sweep(
        "run trial.json -j4",
        environment: ["LD_PRELOAD": url.appending(component: "shim.so").path]
      )
      #expect(run.exitCode == 0, "\(run.errors)")
      let (sweep, records, integrity) = try folder.stored()
      #expect(sweep.ledger.ok == 50 && integrity == "ok")
      #expect(records.allSatisfy { $0.duration >= .zero && $0.duration < .seconds(60) })
      let starts = records.map(\.started)
      #expect(starts != starts.sorted(), "the clock did run backwards")
    }
  }
}
#endif
