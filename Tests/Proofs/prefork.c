// Starts a program many times for the price of one: a library to be loaded before all others (LD_PRELOAD).
//
// The program is loaded and linked once and stops where its main function would begin. Then each line on descriptor
// 198, a folder and words with tabs between them, makes a process of its own of it: in that folder, with these
// words, nothing on standard input, and its outputs in the files `stdout` and `stderr`. On descriptor 199 stand its
// number, and when it has ended its status, as wait(2) has it, and the most memory that it had, in KiB.
//
// As fuzzers do it (AFL's fork server). Nothing of the program has run before the process is split.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINES 198
#define ENDINGS 199

typedef int (*Main)(int, char **, char **);
static Main own;

// The words of a process; its main thread may end long before it does, and the stack with it.
static char *words[64];

static void become(char *line, char **program) {
  int count = 1;
  words[0] = program[0];
  char *folder = strtok(line, "\t");
  for (char *word; count < 63 && (word = strtok(NULL, "\t"));) words[count++] = word;
  if (!folder || chdir(folder)) _exit(126);
  close(LINES);
  close(ENDINGS);
  int flags = O_WRONLY | O_CREAT | O_TRUNC;
  int files[3] = {open("/dev/null", O_RDONLY), open("stdout", flags, 0600), open("stderr", flags, 0600)};
  for (int i = 0; i < 3; i++)
    if (files[i] < 0 || dup2(files[i], i) < 0) _exit(126);
  for (int i = 0; i < 3; i++)
    if (files[i] > 2) close(files[i]);
  // Swift reads its arguments from where the kernel put those of the first process, unless it is told others.
  void (*tell)(char **, int) = (__typeof__(tell))dlsym(RTLD_DEFAULT, "_swift_stdlib_overrideUnsafeArgvArgc");
  if (!tell) _exit(126);
  tell(words, count);
  exit(own(count, words, environ));
}

static int serve(int count, char **program, char **environment) {
  (void)count, (void)environment;
  unsetenv("LD_PRELOAD");
  FILE *lines = fdopen(LINES, "r");
  static char line[1 << 16];
  while (lines && fgets(line, sizeof line, lines)) {
    line[strcspn(line, "\n")] = 0;
    pid_t child = fork();
    if (child < 0) return 71;
    if (!child) become(line, program);
    dprintf(ENDINGS, "%d\n", child);
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) return 71;
    dprintf(ENDINGS, "%d %ld\n", status, usage.ru_maxrss);
  }
  return 0;
}

int __libc_start_main(Main main, int count, char **words, void (*begin)(void), void (*end)(void),
                      void (*unload)(void), void *stack) {
  int (*real)(Main, int, char **, void (*)(void), void (*)(void), void (*)(void), void *) =
      (__typeof__(real))dlsym(RTLD_NEXT, "__libc_start_main");
  own = main;
  return real(serve, count, words, begin, end, unload, stack);
}
