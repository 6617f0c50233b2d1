#include "os/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* ---- files: Landlock ---- */

/* Later than Debian 12's headers (landlock(7), ABI 3 to 6); a kernel is asked for no more than its version knows. */
enum {
    FS_TRUNCATE = 1 << 14,   /* ABI 3 */
    FS_IOCTL_DEVICE = 1 << 15, /* ABI 5 */
    NET_ALL = 1 << 0 | 1 << 1, /* ABI 4: bind, connect by TCP */
    NET_CONNECT = 1 << 1,
    RULE_NET_PORT = 2,
    SCOPE_ALL = 1 << 0 | 1 << 1, /* ABI 6: abstract Unix sockets, signals to others */
    FS_FIRST = (1 << 13) - 1,  /* ABI 1 */
};

struct ruleset {
    uint64_t files, network, scopes;
};

/* struct landlock_net_port_attr */
struct port_rule {
    uint64_t allowed, port;
};

enum {
    READ_ONE = LANDLOCK_ACCESS_FS_READ_FILE,
    READ_ALL = READ_ONE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITE_ONE = READ_ONE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE,
    WRITE_ALL = READ_ALL | WRITE_ONE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REFER,
};

static int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

/* All that this version can refuse is refused, but for what add_path allows. */
static struct ruleset everything(int version)
{
    return (struct ruleset){
        .files = (uint64_t)FS_FIRST | (version >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0) | (version >= 3 ? FS_TRUNCATE : 0) |
                 (version >= 5 ? FS_IOCTL_DEVICE : 0),
        .network = version >= 4 ? NET_ALL : 0,
        .scopes = version >= 6 ? SCOPE_ALL : 0,
    };
}

static enum status add_path(int rules, const struct ruleset *handled, const struct sandbox_path *path)
{
    struct stat about;
    int fd = open(path->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? OK : OUTSIDE;
    bool is_folder = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    uint64_t wanted = is_folder ? (path->is_written ? WRITE_ALL : READ_ALL) : (path->is_written ? WRITE_ONE : READ_ONE);
    struct landlock_path_beneath_attr rule = {.allowed_access = wanted & handled->files, .parent_fd = fd};
    long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return added == 0 ? OK : OUTSIDE;
}

static enum status add_port(int rules, uint16_t port)
{
    struct port_rule rule = {NET_CONNECT, port};
    return syscall(SYS_landlock_add_rule, rules, RULE_NET_PORT, &rule, 0) == 0 ? OK : OUTSIDE;
}

static enum status fill_rules(int rules, const struct ruleset *handled, const struct sandbox *sandbox)
{
    for (size_t i = 0; i < sandbox->path_count; i++)
        TRY(add_path(rules, handled, &sandbox->paths[i]));
    for (size_t i = 0; i < sandbox->port_count && handled->network != 0; i++)
        TRY(add_port(rules, sandbox->ports[i]));
    return syscall(SYS_landlock_restrict_self, rules, 0) == 0 ? OK : OUTSIDE;
}

static enum status confine_files(const struct sandbox *sandbox)
{
    int version = landlock_version();
    struct ruleset handled = everything(version);
    if (version == 0)
        return OK; /* sandbox_kernel says so */
    /* An older kernel takes no fields it does not know, unless they are 0 (extensible system calls). */
    long rules = syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return OUTSIDE;
    enum status done = fill_rules((int)rules, &handled, sandbox);
    close((int)rules);
    return done;
}

/* ---- system calls: seccomp ---- */

/* What every role does: its memory, its descriptors, its loop, its channels, its end. */
static const int always[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
    SCMP_SYS(preadv), SCMP_SYS(pwritev), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(fcntl),
    SCMP_SYS(ftruncate), SCMP_SYS(memfd_create), /* bodies between roles */
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
    SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait),
    SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(recvfrom), SCMP_SYS(shutdown),
    SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(sysinfo), /* glibc's qsort, above a kibibyte, asks how much memory there is */
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(geteuid), SCMP_SYS(getuid), SCMP_SYS(getrusage),
    SCMP_SYS(futex), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* Who keeps files: SQLite's and ours. Which ones is Landlock's to say. */
static const int of_files[] = {
    SCMP_SYS(openat), SCMP_SYS(open), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
    SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(flock), SCMP_SYS(fallocate), SCMP_SYS(truncate),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(umask), SCMP_SYS(utimensat),
    SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchown), /* SQLite gives its journals the owner of the database */
};

/* Who meets the network: takes what comes to the doors it was given, and opens none. */
static const int of_network[] = {
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(setsockopt), SCMP_SYS(getsockopt), SCMP_SYS(getpeername),
    SCMP_SYS(getsockname),
};

/* Who goes out to the network, to ports named beforehand. */
static const int of_reach[] = {
    SCMP_SYS(connect), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(setsockopt), SCMP_SYS(getsockopt),
    SCMP_SYS(getpeername), SCMP_SYS(getsockname),
};

/* Who computes with threads: how one begins and waits (os/pool.h). */
static const int of_threads[] = {
    SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
};

/* Nobody who is well does any of this: it ends the process. */
static const int never[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(kill), SCMP_SYS(tkill),
    SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups),
    SCMP_SYS(capset), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(chroot),
    SCMP_SYS(pivot_root), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(personality),
};

static enum status add_calls(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, action, calls[i], 0) != 0)
            return OUTSIDE;
    return OK;
}
#define ADD(filter, action, calls) add_calls((filter), (action), (calls), sizeof(calls) / sizeof(calls)[0])

/* Calls that are right with some arguments only: no memory becomes code; abort reaches no one else; limits are read. */
static enum status add_bounded(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    const struct scmp_arg_cmp itself = SCMP_A0(SCMP_CMP_EQ, 0), reads = SCMP_A2(SCMP_CMP_EQ, 0);
    bool is_done = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 &&
                   seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0 &&
                   seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own) == 0 &&
                   seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, itself, reads) == 0;
    return is_done ? OK : OUTSIDE;
}

/* A thread is begun by clone with CLONE_THREAD; another process by the same call without it. What clone3 is asked for
 * lies in memory, where no filter looks: a kernel that does not have it is what glibc falls back from. */
static enum status add_beginning(scmp_filter_ctx filter, bool has_threads)
{
    const struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    const struct scmp_arg_cmp process = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
    const int begins[] = {SCMP_SYS(clone), SCMP_SYS(clone3)};
    if (!has_threads)
        return ADD(filter, SCMP_ACT_KILL_PROCESS, begins);
    TRY(ADD(filter, SCMP_ACT_ALLOW, of_threads));
    bool is_done = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread) == 0 &&
                   seccomp_rule_add_array(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1, &process) == 0 &&
                   seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    return is_done ? OK : OUTSIDE;
}

/* A socket of the Internet for who reaches out; for all others none at all. */
static enum status add_reach(scmp_filter_ctx filter, const struct sandbox *sandbox)
{
    const int reaches[] = {SCMP_SYS(socket), SCMP_SYS(connect)};
    const struct scmp_arg_cmp v4 = SCMP_A0(SCMP_CMP_EQ, AF_INET), v6 = SCMP_A0(SCMP_CMP_EQ, AF_INET6);
    if (sandbox->port_count == 0)
        return ADD(filter, SCMP_ACT_KILL_PROCESS, reaches);
    TRY(ADD(filter, SCMP_ACT_ALLOW, of_reach));
    bool is_done = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, &v4) == 0 &&
                   seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, &v6) == 0;
    return is_done ? OK : OUTSIDE;
}

static enum status load_filter(scmp_filter_ctx filter, const struct sandbox *sandbox)
{
    /* A tree, not a list: a call is judged in six steps instead of sixty. */
    if (seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0)
        return OUTSIDE;
    TRY(ADD(filter, SCMP_ACT_ALLOW, always));
    if (sandbox->has_files)
        TRY(ADD(filter, SCMP_ACT_ALLOW, of_files));
    else if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                              SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) != 0) /* glibc's fstat */
        return OUTSIDE;
    if (sandbox->has_network)
        TRY(ADD(filter, SCMP_ACT_ALLOW, of_network));
    TRY(add_bounded(filter));
    TRY(add_beginning(filter, sandbox->has_threads));
    TRY(add_reach(filter, sandbox));
    TRY(ADD(filter, SCMP_ACT_KILL_PROCESS, never));
    return seccomp_load(filter) == 0 ? OK : OUTSIDE;
}

/* The sanitizers' runtime makes calls of its own at any time (its allocator, the stack of a report, the tracer that
 * looks for leaks): a list that allows them would prove nothing of the program's own. */
#if defined(__SANITIZE_ADDRESS__)
enum { IS_FILTERED = 0 };
#else
enum { IS_FILTERED = 1 };
#endif

static bool has_seccomp(void)
{
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

static enum status confine_calls(const struct sandbox *sandbox)
{
    if (!IS_FILTERED || !has_seccomp())
        return OK;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_TRAP);
    if (filter == NULL)
        return OUTSIDE;
    enum status done = load_filter(filter, sandbox);
    seccomp_release(filter);
    return done;
}

/* ---- who, and how much ---- */

enum status sandbox_become(const struct owner *owner)
{
    bool is_done = setgroups(0, NULL) == 0 && setresgid(owner->group, owner->group, owner->group) == 0 &&
                   setresuid(owner->user, owner->user, owner->user) == 0;
    /* Changing who one is makes a parent's death go unheard (PR_SET_PDEATHSIG(2const)). */
    return is_done && prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 ? OK : OUTSIDE;
}

static enum status limit(int what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return OUTSIDE;
    rlim_t bound = now.rlim_max < most ? now.rlim_max : most;
    struct rlimit wanted = {bound, bound};
    return setrlimit((__rlimit_resource_t)what, &wanted) == 0 ? OK : OUTSIDE;
}

struct sandbox_kernel sandbox_kernel(void)
{
    return (struct sandbox_kernel){.landlock = landlock_version(), .has_calls = IS_FILTERED && has_seccomp()};
}

enum status sandbox_begin(void)
{
    TRY(limit(RLIMIT_CORE, 0));
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 ? OK : OUTSIDE;
}

/* The sanitizers' shadow is many times what a bounded process may have. */
static enum status limit_work(const struct sandbox *sandbox)
{
    if (sandbox->memory_max > 0 && IS_FILTERED)
        TRY(limit(RLIMIT_AS, (rlim_t)sandbox->memory_max));
    if (sandbox->cpu_seconds_max > 0)
        TRY(limit(RLIMIT_CPU, (rlim_t)sandbox->cpu_seconds_max));
    return OK;
}

/* Files before the user changes, while every folder named can be opened; system calls last, since the others need
 * some. */
enum status sandbox_enter(const struct sandbox *sandbox)
{
    TRY(sandbox_begin());
    if (!sandbox->has_threads) /* threads count too */
        TRY(limit(RLIMIT_NPROC, 0)); /* root has no such limit; seccomp is its wall */
    if (sandbox->descriptors_max > 0)
        TRY(limit(RLIMIT_NOFILE, (rlim_t)sandbox->descriptors_max));
    TRY(limit_work(sandbox));
    TRY(confine_files(sandbox));
    if (sandbox->owner != NULL)
        TRY(sandbox_become(sandbox->owner));
    return confine_calls(sandbox);
}

enum status sandbox_hear(void (*on_refused)(int signal, siginfo_t *info, void *context))
{
    struct sigaction action = {.sa_sigaction = on_refused, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    return sigaction(SIGSYS, &action, NULL) == 0 ? OK : OUTSIDE;
}

int sandbox_refused_call(const void *signal_info, void *signal_context)
{
    const siginfo_t *info = signal_info;
    ucontext_t *context = signal_context;
#if defined(__x86_64__)
    context->uc_mcontext.gregs[REG_RAX] = -EPERM;
#elif defined(__aarch64__)
    context->uc_mcontext.regs[0] = (unsigned long long)-EPERM;
#else
#error "where does a system call of this machine leave its result?"
#endif
    return info->si_syscall;
}

char *sandbox_call_name(int number)
{
    return seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
}
