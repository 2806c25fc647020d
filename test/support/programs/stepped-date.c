/*
 * Preloaded (LD_PRELOAD) into a program, this moves its date: the file DATE_FILE holds by how much, a 64-bit number of ms.
 * Its monotonic clock is not touched, nor how long it waits for a date. Built and used by test/support/stepped-date.ts.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

static volatile int64_t *offset_ms;

__attribute__((constructor)) static void open_file(void) {
  const char *file = getenv("DATE_FILE");
  int fd = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(0, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) offset_ms = mapped;
}

static void move(struct timespec *at) {
  if (!offset_ms) return;
  int64_t ns = at->tv_nsec + *offset_ms % 1000 * 1000000;
  at->tv_sec += *offset_ms / 1000 + ns / 1000000000;
  at->tv_nsec = ns % 1000000000;
  if (at->tv_nsec < 0) at->tv_nsec += 1000000000, at->tv_sec -= 1;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, at);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) move(at);
  return result;
}

int gettimeofday(struct timeval *at, void *zone) {
  (void)zone;
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return result;
}

/* The date until which a wait lasts, as the kernel has it. What is before 2001 is monotonic: time since the start. */
static struct timespec real_date(const struct timespec *until) {
  struct timespec date = *until;
  if (!offset_ms || date.tv_sec < 1000000000) return date;
  date.tv_sec -= *offset_ms / 1000;
  return date;
}

static void *versioned(const char *name) {
  void *found = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2"); /* the default of x86 is not the first that is found */
  return found ? found : dlsym(RTLD_NEXT, name);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
  static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (!real) real = (int (*)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *))versioned("pthread_cond_timedwait");
  struct timespec date = real_date(until);
  return real(condition, mutex, &date);
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
