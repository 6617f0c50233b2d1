/* A child in each role's sandbox tries what it was never given, and what it was; as whoever runs the tests, and as an
 * ordinary user where that is root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/pool.h"
#include "os/sandbox.h"
#include "role/convert_role.h"
#include "role/prologue.h"

enum { TRY_DONE = 0, TRY_REFUSED = 1, TRY_BROKEN = 3, TRY_KILLED = 100 };

static char folder[64];
static const struct owner *owner; /* of the test under way */
enum { PORT = 9, OTHER_PORT = 10 };

static const char *path(const char *format, const char *word)
{
    static char text[300];
    int length = snprintf(text, sizeof text, "%s/", folder);
    snprintf(text + length, sizeof text - (size_t)length, format, word);
    return text;
}

static void put(const char *at)
{
    assert_int_equal(file_replace(at, STR("of somebody")), OK);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/parvis-prologue-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(prologue_member(folder, STR("beauval"), owner), OK);
    assert_int_equal(prologue_member(folder, STR("clairmont"), owner), OK);
    put(path("%s", "key"));
    put(path("members/%s/town.db", "beauval"));
    put(path("members/%s/town.db", "clairmont"));
    /* Given again, with what came since. */
    assert_int_equal(prologue_member(folder, STR("beauval"), owner), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* ---- what is tried ---- */

typedef int attempt(const char *at);

static int reads(const char *at)
{
    int fd = open(at, O_RDONLY | O_CLOEXEC);
    return fd >= 0 ? TRY_DONE : errno == EACCES || errno == EPERM ? TRY_REFUSED : TRY_BROKEN;
}

static int writes(const char *at)
{
    int fd = open(at, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EACCES || errno == EPERM ? TRY_REFUSED : TRY_BROKEN;
    return write(fd, "x", 1) == 1 && ftruncate(fd, 0) == 0 && fdatasync(fd) == 0 ? TRY_DONE : TRY_BROKEN;
}

static int connects_to(uint16_t port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd < 0                                                     ? TRY_REFUSED
           : connect(fd, (struct sockaddr *)&to, sizeof to) == 0      ? TRY_DONE
           : errno == ECONNREFUSED                                    ? TRY_DONE /* it went out, and nobody was there */
           : errno == EACCES || errno == EPERM                        ? TRY_REFUSED
                                                                      : TRY_BROKEN;
}

static int connects(const char *at)
{
    (void)at;
    return connects_to(PORT);
}

static int connects_elsewhere(const char *at)
{
    (void)at;
    return connects_to(OTHER_PORT);
}

static int listens(const char *at)
{
    (void)at;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return bind(fd, (struct sockaddr *)&to, sizeof to) == 0 && listen(fd, 1) == 0 ? TRY_DONE : TRY_REFUSED;
}

/* A socket of the file system, or one that sees packets: none of the Internet's own. */
static int makes_other_sockets(const char *at)
{
    (void)at;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_NETLINK, SOCK_RAW, 0) >= 0 ? TRY_DONE : TRY_REFUSED;
}

static int executes(const char *at)
{
    char *words[] = {(char *)(uintptr_t)at, NULL};
    execv(at, words);
    return errno == EACCES || errno == EPERM ? TRY_REFUSED : TRY_BROKEN;
}

static int traces(const char *at)
{
    (void)at;
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 ? TRY_DONE : TRY_REFUSED;
}

static int signals(const char *at)
{
    (void)at;
    return kill(getppid(), 0) == 0 ? TRY_DONE : TRY_REFUSED;
}

static int forks(const char *at)
{
    (void)at;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid > 0 ? TRY_DONE : TRY_REFUSED;
}

/* Refused, said, and it lives on: no list knows this call. */
static int asks_unheard_of(const char *at)
{
    (void)at;
    return syscall(SYS_sethostname, "x", 1) == 0 ? TRY_DONE : errno == EPERM ? TRY_REFUSED : TRY_BROKEN;
}

static int makes_code(const char *at)
{
    (void)at;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED ? TRY_DONE : TRY_REFUSED;
}

static void count_task(void *with, size_t number, size_t worker)
{
    (void)worker;
    ((int *)with)[number]++;
}

/* Two threads share out tasks; the second stands behind the same walls. */
static int computes(const char *at)
{
    (void)at;
    int done[100] = {0}, sum = 0;
    struct pool *pool;
    if (pool_create(2, &pool) != OK)
        return TRY_REFUSED;
    for (int i = 0; i < 50; i++)
        pool_run(pool, 100, count_task, done);
    pool_destroy(pool);
    for (int i = 0; i < 100; i++)
        sum += done[i];
    return sum == 5000 ? TRY_DONE : TRY_BROKEN;
}

/* What it needs still works: memory, bodies, time, and who it is now. */
static int lives(const char *at)
{
    (void)at;
    int fd;
    struct rlimit core;
    char *memory = malloc(64 << 20);
    bool is_well = memory != NULL && file_memory(STR("bytes"), &fd) == OK && clock_now().ms > 0 &&
                   prologue_memory() > 0 && getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0;
    free(memory);
    is_well = is_well && (owner == NULL || geteuid() == owner->user);
    return is_well ? TRY_DONE : TRY_BROKEN;
}

/* Tries it in a child that has entered the sandbox of the role. */
static int result(enum role_kind role, attempt *what, const char *at)
{
    int how;
    static const uint16_t ports[] = {PORT};
    struct prologue prologue = {.role = role, .folder = folder, .owner = owner, .ports = ports,
                                .port_count = role == ROLE_PROVIDER ? 1 : 0,
                                .member = role == ROLE_TOWN || role == ROLE_READER ? STR("beauval") : STR("")};
    pid_t pid = fork();
    if (pid == 0) {
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        _exit(prologue_enter(&prologue) == OK ? what(at) : TRY_BROKEN);
    }
    assert_int_equal(waitpid(pid, &how, 0), pid);
    return WIFSIGNALED(how) ? TRY_KILLED + WTERMSIG(how) : WEXITSTATUS(how);
}

static const enum role_kind roles[] = {ROLE_FRONT, ROLE_AUTH, ROLE_TOWN, ROLE_READER, ROLE_HASHER, ROLE_MODEL,
                                        ROLE_PROVIDER, ROLE_CONVERT, ROLE_LLAMA};
enum { ROLES = sizeof roles / sizeof roles[0] };

static void all_roles_live(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROLES; i++)
        assert_int_equal(result(roles[i], lives, ""), TRY_DONE);
}

/* Without Landlock no wall but the user is there, and root has none: this cannot be shown on such a machine. */
static void skip_without_landlock(void)
{
    if (sandbox_kernel().landlock == 0)
        skip();
}

static void a_town_has_its_own_folder(void **state)
{
    (void)state;
    skip_without_landlock();
    assert_int_equal(result(ROLE_TOWN, reads, path("members/%s/town.db", "beauval")), TRY_DONE);
    assert_int_equal(result(ROLE_TOWN, writes, path("members/%s/segment", "beauval")), TRY_DONE);
    assert_int_equal(result(ROLE_READER, reads, path("members/%s/town.db", "beauval")), TRY_DONE);
    assert_int_equal(result(ROLE_TOWN, reads, "/usr/share/zoneinfo/Europe/Paris"), TRY_DONE);
    assert_int_equal(result(ROLE_AUTH, writes, path("members/%s/auth.db", "beauval")), TRY_DONE);
}

static void nobody_has_what_is_not_theirs(void **state)
{
    (void)state;
    skip_without_landlock();
    static const enum role_kind of_town[] = {ROLE_TOWN, ROLE_READER};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(result(of_town[i], reads, path("members/%s/town.db", "clairmont")), TRY_REFUSED);
        assert_int_equal(result(of_town[i], writes, path("members/%s/town.db", "clairmont")), TRY_REFUSED);
        assert_int_equal(result(of_town[i], reads, path("members/%s/../clairmont/town.db", "beauval")), TRY_REFUSED);
    }
    for (size_t i = 0; i < ROLES; i++) {
        assert_int_not_equal(result(roles[i], reads, path("%s", "key")), TRY_DONE);
        assert_int_not_equal(result(roles[i], writes, path("%s", "new")), TRY_DONE);
        assert_int_not_equal(result(roles[i], reads, "/etc/passwd"), TRY_DONE);
    }
    assert_int_equal(result(ROLE_FRONT, reads, path("members/%s/town.db", "beauval")), TRY_REFUSED);
    assert_int_equal(result(ROLE_HASHER, reads, path("members/%s/town.db", "beauval")), TRY_REFUSED);
}

/* A call nobody is to make ends the process, and whoever started it hears of SIGSYS. */
static void what_nobody_does_ends_a_role(void **state)
{
    (void)state;
    if (!sandbox_kernel().has_calls)
        skip();
    attempt *const never[] = {connects, executes, traces, signals, forks};
    for (size_t i = 0; i < ROLES; i++)
        for (size_t j = roles[i] == ROLE_PROVIDER ? 1 : 0; j < sizeof never / sizeof never[0]; j++)
            assert_int_equal(result(roles[i], never[j], "/bin/true"), TRY_KILLED + SIGSYS);
    for (size_t i = 0; i < ROLES; i++) {
        assert_int_equal(result(roles[i], asks_unheard_of, ""), TRY_REFUSED);
        assert_int_equal(result(roles[i], makes_code, ""), TRY_REFUSED);
    }
}

/* Those that compute with threads, and nobody else. */
static void threads_are_the_models_alone(void **state)
{
    (void)state;
    assert_int_equal(result(ROLE_MODEL, computes, ""), TRY_DONE);
    assert_int_equal(result(ROLE_LLAMA, computes, ""), TRY_DONE);
    for (size_t i = 0; i < ROLES && sandbox_kernel().has_calls; i++)
        if (roles[i] != ROLE_MODEL && roles[i] != ROLE_LLAMA)
            assert_int_equal(result(roles[i], computes, ""), TRY_KILLED + SIGSYS);
}

/* It goes out to the ports it was given, where the kernel knows ports (Landlock 4), and nobody comes in by it. */
static void a_provider_goes_out_to_its_ports(void **state)
{
    (void)state;
    assert_int_equal(result(ROLE_PROVIDER, connects, ""), TRY_DONE);
    if (sandbox_kernel().landlock >= 4)
        assert_int_equal(result(ROLE_PROVIDER, connects_elsewhere, ""), TRY_REFUSED);
    if (!sandbox_kernel().has_calls)
        skip();
    assert_int_equal(result(ROLE_PROVIDER, listens, ""), TRY_KILLED + SIGSYS);
    assert_int_equal(result(ROLE_PROVIDER, makes_other_sockets, ""), TRY_REFUSED);
}

static int is_bounded(const char *at)
{
    struct rlimit memory, time;
    (void)at;
    if (getrlimit(RLIMIT_AS, &memory) != 0 || getrlimit(RLIMIT_CPU, &time) != 0)
        return TRY_BROKEN;
    bool has_memory = memory.rlim_cur == CONVERT_MEMORY && memory.rlim_max == CONVERT_MEMORY;
    bool has_time = time.rlim_cur == CONVERT_CPU_SECONDS && time.rlim_max == CONVERT_CPU_SECONDS;
    bool is_full = mmap(NULL, CONVERT_MEMORY, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
    return has_memory && has_time && is_full ? TRY_DONE : TRY_REFUSED;
}

/* Who reads documents, and nobody else. The sanitizers need more address space than any bound leaves. */
static void a_convert_is_bounded(void **state)
{
    (void)state;
    if (!sandbox_kernel().has_calls)
        skip();
    assert_int_equal(result(ROLE_CONVERT, is_bounded, ""), TRY_DONE);
    assert_int_equal(result(ROLE_MODEL, is_bounded, ""), TRY_REFUSED);
}

/* The same tries succeed outside: this test could fail. */
static void outside_it_is_all_possible(void **state)
{
    (void)state;
    assert_int_equal(reads(path("members/%s/town.db", "clairmont")), TRY_DONE);
    assert_int_equal(reads(path("%s", "key")), TRY_DONE);
    assert_int_equal(connects(""), TRY_DONE);
    assert_int_equal(connects_elsewhere(""), TRY_DONE);
    assert_int_equal(listens(""), TRY_DONE);
    assert_int_equal(makes_other_sockets(""), TRY_DONE);
    assert_int_equal(signals(""), TRY_DONE);
    assert_int_equal(forks(""), TRY_DONE);
    assert_int_equal(makes_code(""), TRY_DONE);
}

/* The line names role, member and call. */
static void a_refused_call_is_logged(void **state)
{
    (void)state;
    if (!sandbox_kernel().has_calls)
        skip();
    int pipes[2];
    char line[1000] = "";
    struct prologue prologue = {.role = ROLE_TOWN, .folder = folder, .owner = owner, .member = STR("beauval")};
    assert_int_equal(pipe(pipes), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(pipes[1], STDERR_FILENO);
        _exit(prologue_enter(&prologue) == OK ? asks_unheard_of("") : TRY_BROKEN);
    }
    close(pipes[1]);
    assert_true(read(pipes[0], line, sizeof line - 1) > 0);
    close(pipes[0]);
    assert_non_null(strstr(line, " error town call_refused member=\"beauval\" call=\"sethostname\"\n"));
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* ---- as another user ---- */

static struct owner nobody;

static int set_up_as_nobody(void **state)
{
    owner = owner_is_root() && owner_find(STR("nobody"), &nobody) == OK ? &nobody : NULL;
    return set_up(state);
}

static int tear_down_as_nobody(void **state)
{
    owner = NULL;
    return tear_down(state);
}

/* Only what lies in the member's folder was given, and no second name of a file elsewhere. */
static void only_a_members_folder_is_given(void **state)
{
    (void)state;
    struct stat about;
    if (owner == NULL)
        skip();
    put(path("%s", "foreign"));
    char from[300];
    snprintf(from, sizeof from, "%s", path("%s", "foreign"));
    assert_int_equal(link(from, path("members/%s/linked", "beauval")), 0);
    assert_int_equal(symlink(from, path("members/%s/pointing", "beauval")), 0);
    assert_int_equal(prologue_member(folder, STR("beauval"), owner), OK);
    assert_int_equal(stat(from, &about), 0);
    assert_int_equal(about.st_uid, 0);
    assert_int_equal(stat(path("%s", "key"), &about), 0);
    assert_int_equal(about.st_uid, 0);
    assert_int_equal(stat(path("members/%s/town.db", "beauval"), &about), 0);
    assert_int_equal(about.st_uid, owner->user);
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0710);
}

static void a_setting_names_who(void **state)
{
    (void)state;
    struct owner found;
    assert_int_equal(prologue_owner(STR("-"), &found), NOT_FOUND);
    if (!owner_is_root())
        return;
    assert_int_equal(prologue_owner(STR("root"), &found), INVALID);
    assert_int_equal(prologue_owner(STR("nobody-of-that-name"), &found), INVALID);
    assert_int_equal(prologue_owner(STR("nobody"), &found), OK);
    assert_true(found.user > 0 && found.group > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define NOBODY(name) {"nobody: " #name, name, set_up_as_nobody, tear_down_as_nobody, NULL}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(all_roles_live),
        CASE(a_town_has_its_own_folder),
        CASE(nobody_has_what_is_not_theirs),
        CASE(what_nobody_does_ends_a_role),
        CASE(a_convert_is_bounded),
        CASE(outside_it_is_all_possible),
        CASE(a_refused_call_is_logged),
        CASE(a_setting_names_who),
        CASE(threads_are_the_models_alone),
        CASE(a_provider_goes_out_to_its_ports),
        NOBODY(a_provider_goes_out_to_its_ports),
        NOBODY(threads_are_the_models_alone),
        NOBODY(all_roles_live),
        NOBODY(a_town_has_its_own_folder),
        NOBODY(nobody_has_what_is_not_theirs),
        NOBODY(what_nobody_does_ends_a_role),
        NOBODY(only_a_members_folder_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
