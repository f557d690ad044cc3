// Calls of the system that fail, or are written down: a library to be loaded before all others (LD_PRELOAD).
//
//   FAULT_CALL    which call fails: write, sync, open, rename, truncate, mkdir, unlink, map, fork, read (of files),
//                 accept, receive and send (of sockets), thread
//   FAULT_NUMBER  the first of them that fails, counted from 1
//   FAULT_COUNT   how many fail from there on; all that follow by default
//   FAULT_ERROR   the number of the error, as errno(3) has it
//   FAULT_SHORT   1 where the first write that fails takes a half of its bytes before
//   FAULT_MARK    a file that is made when a call failed
//   CALLS_LOG     a file that gets every change below CALLS_FOLDER, and what goes to standard output, in order
//   CALLS_FOLDER  see there
//
// It takes its variables and itself out of the environment, so that only the program itself is concerned and not
// what it starts. Calls that libc makes by itself are not seen.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SYS_clone3
#define SYS_clone3 435
#endif

static char call_name[16], mark[4096], folder[4096];
static long first = 0, count = -1;
static int error_number = EIO, is_short = 0, log_file = -1;
static atomic_long calls = 0;
static atomic_int log_lock = 0;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void copy(char *to, size_t size, const char *from) {
  if (from) snprintf(to, size, "%s", from);
}

__attribute__((constructor)) static void begin(void) {
  copy(call_name, sizeof call_name, getenv("FAULT_CALL"));
  copy(mark, sizeof mark, getenv("FAULT_MARK"));
  copy(folder, sizeof folder, getenv("CALLS_FOLDER"));
  if (getenv("FAULT_NUMBER")) first = atol(getenv("FAULT_NUMBER"));
  if (getenv("FAULT_COUNT")) count = atol(getenv("FAULT_COUNT"));
  if (getenv("FAULT_ERROR")) error_number = atoi(getenv("FAULT_ERROR"));
  is_short = getenv("FAULT_SHORT") && *getenv("FAULT_SHORT") == '1';
  if (getenv("CALLS_LOG"))
    log_file = (int)syscall(SYS_openat, AT_FDCWD, getenv("CALLS_LOG"),
                            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *own[] = {"LD_PRELOAD",  "FAULT_CALL", "FAULT_NUMBER", "FAULT_COUNT", "FAULT_ERROR",
                       "FAULT_SHORT", "FAULT_MARK", "CALLS_LOG",    "CALLS_FOLDER"};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) unsetenv(own[i]);
}

// The number of the failing call among those that fail, from 1; 0 where this one is let through.
static long failing(const char *name) {
  if (!first || strcmp(name, call_name)) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (number < first || (count >= 0 && number >= first + count)) return 0;
  if (*mark) {
    int made = (int)syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (made >= 0) syscall(SYS_close, made);
  }
  errno = error_number;
  return number - first + 1;
}

// A line of the log: the operation, the path, an offset, and so many bytes that follow.
static void note(const char *operation, const char *path, const char *other, long offset,
                 const void *bytes, size_t size) {
  if (log_file < 0 || !path) return;
  int is_output = !strcmp(operation, "say");
  if (!is_output && strncmp(path, folder, strlen(folder))) return;
  int saved = errno;
  char head[9000];
  int length = snprintf(head, sizeof head, "%s\t%s\t%s\t%ld\t%zu\n", operation, path, other, offset, size);
  while (atomic_exchange(&log_lock, 1)) continue;
  syscall(SYS_write, log_file, head, (size_t)length);
  if (size) syscall(SYS_write, log_file, bytes, size);
  atomic_store(&log_lock, 0);
  errno = saved;
}

static const char *path_of(int descriptor, char path[4096]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = syscall(SYS_readlinkat, AT_FDCWD, link, path, 4095);
  if (size < 0) return NULL;
  path[size] = 0;
  return path;
}

// A file, or a pipe to whoever reads the outputs; pipes within the program never fail.
static int is_file(int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status)) return 0;
  return S_ISREG(status.st_mode) || (S_ISFIFO(status.st_mode) && (descriptor == 1 || descriptor == 2));
}

static int is_socket(int descriptor) {
  struct stat status;
  return !fstat(descriptor, &status) && S_ISSOCK(status.st_mode);
}

// What a write may take before it fails: a half of the first, nothing of the others.
static ssize_t cut(long number, size_t size) { return is_short && number == 1 && size > 1 ? (ssize_t)(size / 2) : -1; }

ssize_t write(int descriptor, const void *bytes, size_t size) {
  int saved = errno;
  long number = is_file(descriptor) ? failing("write") : 0;
  if (!number && is_socket(descriptor) && failing("send")) return -1;
  if (number) {
    if (cut(number, size) < 0) return -1;
    size = (size_t)cut(number, size);
  }
  if (log_file >= 0) {
    char path[4096];
    long offset = lseek(descriptor, 0, SEEK_CUR);
    errno = saved;
    ssize_t done = syscall(SYS_write, descriptor, bytes, size);
    if (done > 0)
      note(descriptor == 1 ? "say" : "write", path_of(descriptor, path), "", offset, bytes, (size_t)done);
    return done;
  }
  errno = saved;
  return syscall(SYS_write, descriptor, bytes, size);
}

static ssize_t put(int descriptor, const void *bytes, size_t size, off_t offset) {
  long number = failing("write");
  if (number) {
    if (cut(number, size) < 0) return -1;
    size = (size_t)cut(number, size);
  }
  ssize_t done = syscall(SYS_pwrite64, descriptor, bytes, size, offset);
  char path[4096];
  if (done > 0 && log_file >= 0) note("write", path_of(descriptor, path), "", offset, bytes, (size_t)done);
  return done;
}
ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) { return put(descriptor, bytes, size, offset); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) { return put(descriptor, bytes, size, offset); }

static int synced(int descriptor, long which) {
  if (failing("sync")) return -1;
  int result = (int)syscall(which, descriptor);
  char path[4096];
  if (!result && log_file >= 0) note("sync", path_of(descriptor, path), "", 0, NULL, 0);
  return result;
}
int fsync(int descriptor) { return synced(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return synced(descriptor, SYS_fdatasync); }

static int truncated(int descriptor, off_t size) {
  if (failing("truncate")) return -1;
  int result = (int)syscall(SYS_ftruncate, descriptor, size);
  char path[4096];
  if (!result && log_file >= 0) note("truncate", path_of(descriptor, path), "", size, NULL, 0);
  return result;
}
int ftruncate(int descriptor, off_t size) { return truncated(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) { return truncated(descriptor, size); }

static int opened(int at, const char *path, int flags, mode_t mode) {
  // The file systems of the kernel fail in no way that a disk does.
  if (strncmp(path, "/proc", 5) && strncmp(path, "/sys", 4) && strncmp(path, "/dev", 4) && failing("open")) return -1;
  int descriptor = (int)syscall(SYS_openat, at, path, flags, mode);
  char full[4096];
  if (descriptor >= 0 && log_file >= 0 && flags & (O_CREAT | O_TRUNC))
    note(flags & O_TRUNC ? "empty" : "make", path_of(descriptor, full), "", 0, NULL, 0);
  return descriptor;
}
#define MODE(flags) ({ mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } mode; })
int open(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return opened(AT_FDCWD, path, flags, MODE(flags)); }
int openat(int at, const char *path, int flags, ...) { return opened(at, path, flags, MODE(flags)); }
int openat64(int at, const char *path, int flags, ...) { return opened(at, path, flags, MODE(flags)); }

int rename(const char *from, const char *to) {
  if (failing("rename")) return -1;
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (!result) note("rename", from, to, 0, NULL, 0);
  return result;
}
int unlink(const char *path) {
  if (failing("unlink")) return -1;
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (!result) note("unlink", path, "", 0, NULL, 0);
  return result;
}
int mkdir(const char *path, mode_t mode) {
  if (failing("mkdir")) return -1;
  return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

// Only of files: memory that the allocator asks for is another matter, which no program survives without.
void *mmap(void *at, size_t size, int protection, int flags, int descriptor, off_t offset) {
  if (descriptor >= 0 && failing("map")) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, at, size, protection, flags, descriptor, offset);
}
void *mmap64(void *at, size_t size, int protection, int flags, int descriptor, off64_t offset) {
  return mmap(at, size, protection, flags, descriptor, offset);
}

pid_t fork(void) {
  if (failing("fork")) return -1;
  return REAL(fork)();
}
int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const words[], char *const variables[]) {
  if (failing("fork")) return error_number;
  return REAL(posix_spawn)(pid, path, actions, attributes, words, variables);
}
// The way in which newer systems start a program without a wrapper in libc.
long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long), d = va_arg(rest, long),
       e = va_arg(rest, long), f = va_arg(rest, long);
  va_end(rest);
  static long (*real)(long, ...);
  if (!real) real = REAL(syscall);
  if (number == SYS_clone3 && failing("fork")) return -1;
  return real(number, a, b, c, d, e, f);
}

// A disk that gives nothing back; what the kernel makes up in /proc is no disk.
static int unreadable(int descriptor) {
  if (strcmp(call_name, "read")) return 0;
  char path[4096];
  return is_file(descriptor) && path_of(descriptor, path) && strncmp(path, "/proc", 5) && strncmp(path, "/sys", 4)
         && failing("read");
}
ssize_t read(int descriptor, void *bytes, size_t size) {
  int saved = errno;
  if (unreadable(descriptor) || (is_socket(descriptor) && failing("receive"))) return -1;
  errno = saved;
  return syscall(SYS_read, descriptor, bytes, size);
}
ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset) {
  int saved = errno;
  if (unreadable(descriptor)) return -1;
  errno = saved;
  return syscall(SYS_pread64, descriptor, bytes, size, offset);
}
ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t offset) {
  return pread(descriptor, bytes, size, offset);
}

int accept4(int descriptor, struct sockaddr *address, socklen_t *size, int flags) {
  if (failing("accept")) return -1;
  return (int)syscall(SYS_accept4, descriptor, address, size, flags);
}
int accept(int descriptor, struct sockaddr *address, socklen_t *size) {
  return accept4(descriptor, address, size, 0);
}
ssize_t recv(int descriptor, void *bytes, size_t size, int flags) {
  if (failing("receive")) return -1;
  return syscall(SYS_recvfrom, descriptor, bytes, size, flags, NULL, NULL);
}
ssize_t recvmsg(int descriptor, struct msghdr *message, int flags) {
  if (failing("receive")) return -1;
  return syscall(SYS_recvmsg, descriptor, message, flags);
}
ssize_t send(int descriptor, const void *bytes, size_t size, int flags) {
  if (failing("send")) return -1;
  return syscall(SYS_sendto, descriptor, bytes, size, flags, NULL, 0);
}
ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
  if (failing("send")) return -1;
  return syscall(SYS_sendmsg, descriptor, message, flags);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  int saved = errno;
  if (is_socket(descriptor) ? failing("send") : failing("write")) return -1;
  errno = saved;
  return syscall(SYS_writev, descriptor, parts, count);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  if (failing("thread")) return error_number;
  return REAL(pthread_create)(thread, attributes, body, argument);
}
