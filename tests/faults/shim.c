/* Fails chosen calls of the C library below one folder, and records what is done there.
 *
 * The tests preload this into a process (LD_PRELOAD). Everything that a program of Python asks of the file system goes through
 * the C library, and so does everything that SQLite asks. All processes of a run share one page of memory, a file that the
 * variable FAULTS_CONTROL names: what is to fail stands there, and how many calls there were. tests/faults/layer.py writes and
 * reads that page; the order of its numbers is told there as well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE, FSYNC, RENAME, MMAP, OPEN, TRUNCATE, UNLINK, LINK, MKDIR, READ, ALLOCATE, KINDS };

struct control {
    uint64_t armed;    /* nothing is counted, failed or recorded while this is 0 */
    uint64_t kind;     /* which kind of call fails */
    uint64_t nth;      /* which call of this kind, counted from 1; 0: none */
    uint64_t lasting;  /* whether all later calls of this kind fail too */
    uint64_t half;     /* whether a write that fails has written half before */
    uint64_t error;    /* with what it fails */
    uint64_t room;     /* so many bytes can be written before the disk is full */
    uint64_t big;      /* allocations below this size are not looked at */
    uint64_t written;  /* bytes that were written */
    uint64_t failed;   /* calls that failed */
    uint64_t sqlite;   /* of these, calls that SQLite made */
    uint64_t counts[KINDS];
    char folder[1024];
    char record[1024]; /* the file that records what is done; empty: none */
};

static struct control *control;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS_CONTROL");
    int fd = name ? syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *page = (void *)syscall(SYS_mmap, NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page != MAP_FAILED)
        control = page;
    syscall(SYS_close, fd);
}

static int armed(void) { return control && control->armed; }

/* The absolute path that a call means; "" when it cannot be told. */
static void absolute(int folder, const char *path, char *out, size_t size) {
    char base[1024] = "";
    if (path && path[0] == '/') {
        snprintf(out, size, "%s", path);
        return;
    }
    if (folder == AT_FDCWD) {
        if (syscall(SYS_getcwd, base, sizeof base) < 0)
            base[0] = 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t n = syscall(SYS_readlink, link, base, sizeof base - 1);
        base[n > 0 ? n : 0] = 0;
    }
    if (path && path[0])
        snprintf(out, size, "%s/%s", base, path);
    else
        snprintf(out, size, "%s", base);
}

static int below(const char *path) {
    size_t n = strlen(control->folder);
    return n && !strncmp(path, control->folder, n) && (path[n] == '/' || path[n] == 0);
}

static int path_below(int folder, const char *path, char *out) {
    if (!armed())
        return 0;
    absolute(folder, path, out, 2048);
    return below(out);
}

static int file_below(int fd, char *out) { return fd >= 0 && path_below(fd, "", out); }

/* Counts a call; whether it is to fail. errno is set then. */
static int fails(int kind, void *caller) {
    uint64_t n = __sync_add_and_fetch(&control->counts[kind], 1);
    if (control->kind != (uint64_t)kind || !control->nth || n < control->nth || (n > control->nth && !control->lasting))
        return 0;
    __sync_add_and_fetch(&control->failed, 1);
    Dl_info info;
    if (dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "sqlite"))
        __sync_add_and_fetch(&control->sqlite, 1);
    errno = control->error;
    return 1;
}

#define CALLER __builtin_return_address(0)

/* Recording */

static void record(const char *what, uint64_t node, uint64_t at, const char *path, const char *other, const void *data, size_t size) {
    static int fd = -1;
    static char now[1024];
    if (!control->record[0])
        return;
    if (strcmp(now, control->record)) {
        if (fd >= 0)
            syscall(SYS_close, fd);
        fd = syscall(SYS_openat, AT_FDCWD, control->record, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
        snprintf(now, sizeof now, "%s", control->record);
    }
    char head[4400];
    int n = snprintf(head, sizeof head, "%s\t%llu\t%llu\t%zu\t%s\t%s\n", what, (unsigned long long)node, (unsigned long long)at, size, path, other);
    struct iovec parts[2] = {{head, n}, {(void *)data, size}};
    syscall(SYS_writev, fd, parts, size ? 2 : 1);
}

static uint64_t node_of(int fd) {
    struct stat is;
    return fstat(fd, &is) ? 0 : is.st_ino;
}

static uint64_t node_at(const char *path) {
    struct stat is;
    return lstat(path, &is) ? 0 : is.st_ino;
}

/* For the driver: something was told to the user at this moment. */
void fault_told(const char *text) {
    if (armed())
        record("told", 0, 0, text, "", NULL, 0);
}

/* Writing */

static ssize_t put(int fd, const void *data, size_t size, off_t at, void *caller) {
    char path[2048];
    int positioned = at >= 0;
    int ours = file_below(fd, path);
    if (fd == STDOUT_FILENO && armed())
        record("told", 0, 0, "", "", data, size);
    size_t most = size;
    if (ours) {
        if (fails(WRITE, caller)) {
            if (!control->half || size < 2)
                return -1;
            most = size / 2;
        }
        uint64_t written = __sync_fetch_and_add(&control->written, most);
        if (written + most > control->room) {
            most = written < control->room ? control->room - written : 0;
            if (!most) {
                __sync_add_and_fetch(&control->failed, 1);
                errno = ENOSPC;
                return -1;
            }
        }
        if (control->record[0]) {
            struct stat is;
            off_t from = positioned ? at : (fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &is) ? is.st_size : lseek(fd, 0, SEEK_CUR);
            record("write", node_of(fd), from, "", "", data, most);
        }
    }
    return positioned ? syscall(SYS_pwrite64, fd, data, most, at) : syscall(SYS_write, fd, data, most);
}

ssize_t write(int fd, const void *data, size_t size) { return put(fd, data, size, -1, CALLER); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at, CALLER); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at, CALLER); }

static ssize_t put_parts(int fd, const struct iovec *parts, int count, off_t at, void *caller) {
    char path[2048];
    if (!file_below(fd, path))
        return at >= 0 ? syscall(SYS_pwritev, fd, parts, count, at, 0) : syscall(SYS_writev, fd, parts, count);
    ssize_t sum = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = put(fd, parts[i].iov_base, parts[i].iov_len, at >= 0 ? at + sum : -1, caller);
        if (n < 0)
            return sum ? sum : -1;
        sum += n;
        if ((size_t)n < parts[i].iov_len)
            break;
    }
    return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return put_parts(fd, parts, count, -1, CALLER); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return put_parts(fd, parts, count, at, CALLER); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) { return put_parts(fd, parts, count, at, CALLER); }

/* What copies within the kernel is refused below the folder, so that it is done with writes, as on file systems without it. */
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    char path[2048];
    if (file_below(out, path)) {
        errno = ENOTSOCK;
        return -1;
    }
    return syscall(SYS_sendfile, out, in, at, size);
}
ssize_t sendfile64(int out, int in, off_t *at, size_t size) { return sendfile(out, in, at, size); }

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    char path[2048];
    if (file_below(out, path)) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
}

static int cut(int fd, off_t size, void *caller) {
    char path[2048];
    if (file_below(fd, path)) {
        if (fails(TRUNCATE, caller))
            return -1;
        record("truncate", node_of(fd), size, "", "", NULL, 0);
    }
    return syscall(SYS_ftruncate, fd, size);
}
int ftruncate(int fd, off_t size) { return cut(fd, size, CALLER); }
int ftruncate64(int fd, off_t size) { return cut(fd, size, CALLER); }

static int settle(int fd, int data_only, void *caller) {
    char path[2048];
    if (file_below(fd, path)) {
        if (fails(FSYNC, caller))
            return -1;
        record("fsync", node_of(fd), 0, path, "", NULL, 0);
        return 0; /* nobody cuts the power of this machine, so the tests need not wait for its disk */
    }
    return syscall(data_only ? SYS_fdatasync : SYS_fsync, fd);
}
int fsync(int fd) { return settle(fd, 0, CALLER); }
int fdatasync(int fd) { return settle(fd, 1, CALLER); }
int syncfs(int fd) {
    char path[2048];
    if (file_below(fd, path)) {
        if (fails(FSYNC, CALLER))
            return -1;
        record("sync", 0, 0, "", "", NULL, 0);
        return 0;
    }
    return syscall(SYS_syncfs, fd);
}
void sync(void) {
    if (armed())
        record("sync", 0, 0, "", "", NULL, 0);
    else
        syscall(SYS_sync);
}

/* Reading */

ssize_t read(int fd, void *data, size_t size) {
    char path[2048];
    if (file_below(fd, path) && fails(READ, CALLER))
        return -1;
    return syscall(SYS_read, fd, data, size);
}
static ssize_t get(int fd, void *data, size_t size, off_t at, void *caller) {
    char path[2048];
    if (file_below(fd, path) && fails(READ, caller))
        return -1;
    return syscall(SYS_pread64, fd, data, size, at);
}
ssize_t pread(int fd, void *data, size_t size, off_t at) { return get(fd, data, size, at, CALLER); }
ssize_t pread64(int fd, void *data, size_t size, off_t at) { return get(fd, data, size, at, CALLER); }

static void *map(void *where, size_t size, int protection, int flags, int fd, off_t at, void *caller) {
    char path[2048];
    if (fd >= 0 && file_below(fd, path) && fails(MMAP, caller))
        return MAP_FAILED;
    return (void *)syscall(SYS_mmap, where, size, protection, flags, fd, at);
}
void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t at) { return map(where, size, protection, flags, fd, at, CALLER); }
void *mmap64(void *where, size_t size, int protection, int flags, int fd, off_t at) { return map(where, size, protection, flags, fd, at, CALLER); }

/* Names */

static int open_at(int folder, const char *name, int flags, mode_t mode, void *caller) {
    char path[2048];
    int ours = path_below(folder, name, path), fresh = 0;
    if (ours) {
        if (fails(OPEN, caller))
            return -1;
        fresh = (flags & O_CREAT) && !(flags & O_TMPFILE & ~O_DIRECTORY) && !node_at(path);
    }
    int fd = syscall(SYS_openat, folder, name, flags, mode);
    if (ours && fd >= 0) {
        if (fresh)
            record("create", node_of(fd), 0, path, "", NULL, 0);
        else if (flags & O_TRUNC)
            record("truncate", node_of(fd), 0, "", "", NULL, 0);
    }
    return fd;
}

#define OPENING(flags)                                                                                                             \
    mode_t mode = 0;                                                                                                               \
    if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {                                                                        \
        va_list rest;                                                                                                              \
        va_start(rest, flags);                                                                                                     \
        mode = va_arg(rest, mode_t);                                                                                               \
        va_end(rest);                                                                                                              \
    }
int open(const char *name, int flags, ...) { OPENING(flags) return open_at(AT_FDCWD, name, flags, mode, CALLER); }
int open64(const char *name, int flags, ...) { OPENING(flags) return open_at(AT_FDCWD, name, flags | O_LARGEFILE, mode, CALLER); }
int openat(int folder, const char *name, int flags, ...) { OPENING(flags) return open_at(folder, name, flags, mode, CALLER); }
int openat64(int folder, const char *name, int flags, ...) { OPENING(flags) return open_at(folder, name, flags | O_LARGEFILE, mode, CALLER); }
int creat(const char *name, mode_t mode) { return open_at(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode, CALLER); }

static int move(int from, const char *name, int to, const char *as, unsigned flags, void *caller) {
    char path[2048], other[2048];
    int ours = path_below(to, as, other);
    if (ours && fails(RENAME, caller))
        return -1;
    int done = syscall(SYS_renameat2, from, name, to, as, flags);
    if (ours && !done) {
        absolute(from, name, path, sizeof path);
        record("rename", 0, 0, path, other, NULL, 0);
    }
    return done;
}
int rename(const char *name, const char *as) { return move(AT_FDCWD, name, AT_FDCWD, as, 0, CALLER); }
int renameat(int from, const char *name, int to, const char *as) { return move(from, name, to, as, 0, CALLER); }
int renameat2(int from, const char *name, int to, const char *as, unsigned flags) { return move(from, name, to, as, flags, CALLER); }

static int drop(int folder, const char *name, int flags, void *caller) {
    char path[2048];
    int ours = path_below(folder, name, path);
    if (ours && fails(UNLINK, caller))
        return -1;
    int done = syscall(SYS_unlinkat, folder, name, flags);
    if (ours && !done)
        record(flags & AT_REMOVEDIR ? "rmdir" : "unlink", 0, 0, path, "", NULL, 0);
    return done;
}
int unlink(const char *name) { return drop(AT_FDCWD, name, 0, CALLER); }
int unlinkat(int folder, const char *name, int flags) { return drop(folder, name, flags, CALLER); }
int rmdir(const char *name) { return drop(AT_FDCWD, name, AT_REMOVEDIR, CALLER); }
int remove(const char *name) {
    int done = drop(AT_FDCWD, name, 0, CALLER);
    return done && errno == EISDIR ? drop(AT_FDCWD, name, AT_REMOVEDIR, CALLER) : done;
}

static int tie(int from, const char *name, int to, const char *as, int flags, void *caller) {
    char path[2048], other[2048];
    int ours = path_below(to, as, other);
    if (ours && fails(LINK, caller))
        return -1;
    int done = syscall(SYS_linkat, from, name, to, as, flags);
    if (ours && !done) {
        absolute(from, name, path, sizeof path);
        record("link", node_at(other), 0, path, other, NULL, 0);
    }
    return done;
}
int link(const char *name, const char *as) { return tie(AT_FDCWD, name, AT_FDCWD, as, 0, CALLER); }
int linkat(int from, const char *name, int to, const char *as, int flags) { return tie(from, name, to, as, flags, CALLER); }

static int point(const char *target, int folder, const char *name, void *caller) {
    char path[2048];
    int ours = path_below(folder, name, path);
    if (ours && fails(LINK, caller))
        return -1;
    int done = syscall(SYS_symlinkat, target, folder, name);
    if (ours && !done)
        record("symlink", node_at(path), 0, path, target, NULL, 0);
    return done;
}
int symlink(const char *target, const char *name) { return point(target, AT_FDCWD, name, CALLER); }
int symlinkat(const char *target, int folder, const char *name) { return point(target, folder, name, CALLER); }

static int make(int folder, const char *name, mode_t mode, void *caller) {
    char path[2048];
    int ours = path_below(folder, name, path);
    if (ours && fails(MKDIR, caller))
        return -1;
    int done = syscall(SYS_mkdirat, folder, name, mode);
    if (ours && !done)
        record("mkdir", node_at(path), 0, path, "", NULL, 0);
    return done;
}
int mkdir(const char *name, mode_t mode) { return make(AT_FDCWD, name, mode, CALLER); }
int mkdirat(int folder, const char *name, mode_t mode) { return make(folder, name, mode, CALLER); }

/* Memory */

static int too_much(size_t size, void *caller) { return armed() && control->big && size >= control->big && fails(ALLOCATE, caller); }

void *malloc(size_t size) {
    if (too_much(size, CALLER)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
    if (too_much(count * size, CALLER)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(count, size);
}
void *realloc(void *old, size_t size) {
    if (too_much(size, CALLER)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, size);
}
