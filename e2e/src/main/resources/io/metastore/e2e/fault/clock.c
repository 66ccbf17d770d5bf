/* The time of day of one process, moved by what a file says: eight bytes, nanoseconds in this machine's byte order.
 * It stands in front of the C library (LD_PRELOAD). All other clocks are left alone, as by a clock that is set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile const long long *moved;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("METASTORE_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *seen = mmap(NULL, sizeof *moved, PROT_READ, MAP_SHARED, file, 0);
        moved = seen == MAP_FAILED ? NULL : seen;
        close(file);
    }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*asked)(clockid_t, struct timespec *);
    if (!asked) {
        asked = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    }
    int failed = asked(clock, now);
    if (!failed && moved && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        long long nanos = now->tv_nsec + *moved % 1000000000LL;
        now->tv_sec += *moved / 1000000000LL + (nanos >= 1000000000LL) - (nanos < 0);
        now->tv_nsec = (nanos + 1000000000LL) % 1000000000LL;
    }
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    int failed = clock_gettime(CLOCK_REALTIME, &exact);
    if (!failed) {
        now->tv_sec = exact.tv_sec;
        now->tv_usec = exact.tv_nsec / 1000;
    }
    return failed;
}

time_t time(time_t *into) {
    struct timespec exact;
    if (clock_gettime(CLOCK_REALTIME, &exact)) {
        return (time_t)-1;
    }
    if (into) {
        *into = exact.tv_sec;
    }
    return exact.tv_sec;
}
