/* `serve` whole, with every process: roles are killed, damaged and many; whoever is left goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/person.h"
#include "os/clock.h"
#include "os/file.h"
#include "role/house.h"
#include "role/parent.h"
#include "role/parent_state.h"

/* WAIT_MS: under sanitizers sixty towns make all their tables anew, half a second each. */
enum { WAIT_MS = 60 * 1000, STEP_US = 10 * 1000, PIDS_MAX = 200 };

static char folder[64];
static struct arena *arena;
static int port;
static pid_t server;
static int output; /* of the server */
static bool has_user; /* its roles become `nobody` */

/* ---- a house with towns ---- */

static int free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    close(fd);
    return ntohs(at.sin_port);
}

static void write_settings(void)
{
    struct buf text BUF_SCOPE = BUF_INIT(CONFIG_FILE_MAX);
    for (int i = 0; i < SETTING_COUNT; i++)
        if (str_starts(str_of(setting_name(i)), STR("listen.")))
            buf_add_format(&text, "%s = off\n", setting_name(i));
    port = free_port();
    if (has_user)
        buf_add_literal(&text, "user = nobody\n");
    buf_add_format(&text, "listen.lmtp = 127.0.0.1:%d\n", port);
    assert_int_equal(file_replace(str_format(arena, "%s/parvis.conf", folder).at, buf_str(&text)), OK);
}

static void add_member(const char *name)
{
    struct house house;
    struct str refusal;
    int64_t id;
    assert_int_equal(house_open(folder, clock_now(), &house, &refusal), OK);
    struct ctx ctx = {.arena = house.arena, .db = house.syndicate, .now = clock_now()};
    assert_int_equal(db_begin(house.syndicate), OK);
    assert_int_equal(member_add(&ctx, str_of(name), str_format(house.arena, "%s.example", name), &id), OK);
    assert_int_equal(db_commit(house.syndicate, SYNC_FULL), OK);
    house_close(&house);
}

static void add_people(void)
{
    struct house house;
    struct str refusal, *domains;
    member_row *members;
    size_t count, domain_count;
    int64_t id, replayed;
    assert_int_equal(house_open(folder, clock_now(), &house, &refusal), OK);
    struct ctx ctx = {.arena = house.arena, .db = house.syndicate, .now = clock_now()};
    assert_int_equal(member_list(&ctx, &members, &count), OK);
    for (size_t i = 0; i < count; i++) {
        struct town *town;
        assert_int_equal(member_domains(&ctx, members[i].id, &domains, &domain_count), OK);
        assert_int_equal(house_open_town(folder, &members[i], domains, domain_count, &town, &replayed), OK);
        struct ctx in = {.arena = house.arena, .town = town, .db = town->db, .now = clock_now()};
        struct str address = str_format(house.arena, "accueil@%.*s", STR_ARG(domains[0]));
        writer_job_begin(town->writer);
        enum status added = writer_job_end(town->writer, person_add(&in, address, STR("Accueil"), &id));
        assert_true(added == OK || added == CONFLICT); /* it is there already */
        assert_int_equal(writer_commit(town->writer), OK);
        house_close_town(town);
    }
    house_close(&house);
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    snprintf(folder, sizeof folder, "/tmp/parvis-serve-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(64 << 20);
    assert_int_equal(house_create(folder, clock_now(), &refusal), OK);
    write_settings();
    add_member("beauval");
    add_member("clairmont");
    add_people();
    return 0;
}

/* ---- the server ---- */

static bool has_said_ready(void)
{
    char text[100] = {0};
    ssize_t got = read(output, text, sizeof text - 1);
    return got > 0 && strstr(text, "ready\n") != NULL;
}

static void serve(void)
{
    int pipes[2];
    int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
    assert_int_equal(pipe(pipes), 0);
    server = fork();
    if (server == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        exit(parent_serve(folder));
    }
    close(pipes[1]);
    output = pipes[0];
    fcntl(output, F_SETFL, O_NONBLOCK);
    while (!has_said_ready()) {
        assert_true(clock_monotonic_ms() < until_ms);
        assert_int_equal(waitpid(server, NULL, WNOHANG), 0);
        usleep(STEP_US);
    }
}

static int halt(void)
{
    int how = -1;
    kill(server, SIGTERM);
    assert_int_equal(waitpid(server, &how, 0), server);
    close(output);
    server = 0;
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    if (server != 0)
        halt();
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* The server's children by the name of their role, from /proc. */
static size_t pids_of(const char *role, pid_t pids[PIDS_MAX])
{
    size_t count = 0;
    DIR *proc = opendir("/proc");
    assert_non_null(proc);
    for (struct dirent *entry = readdir(proc); entry != NULL; entry = readdir(proc)) {
        char path[300], name[64] = {0};
        int pid, parent = 0;
        snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *file = fopen(path, "r");
        if (file == NULL)
            continue;
        bool is_read = fscanf(file, "%d (%63[^)]) %*c %d", &pid, name, &parent) == 3;
        fclose(file);
        if (is_read && parent == server && strcmp(name, role) == 0 && count < PIDS_MAX)
            pids[count++] = pid;
    }
    closedir(proc);
    return count;
}

/* ---- a client ---- */

static int dial(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {5, 0};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    close(fd);
    return -1;
}

/* Says a line and gives the code of the reply's last line; 0 when the connection ended. */
static int say(int fd, const char *line)
{
    char text[2000];
    size_t length = 0;
    if (line != NULL && write(fd, line, strlen(line)) < 0)
        return 0;
    for (;;) {
        ssize_t got = read(fd, text + length, sizeof text - 1 - length);
        if (got <= 0)
            return 0;
        length += (size_t)got;
        text[length] = 0;
        char *last = text + length - 1;
        while (last > text && last[-1] != '\n')
            last--;
        if (text[length - 1] == '\n' && last[3] == ' ')
            return atoi(last);
    }
}

static int rcpt(const char *town)
{
    char line[200];
    snprintf(line, sizeof line, "RCPT TO:<accueil@%s.example>\r\n", town);
    int fd = dial(), code = 0;
    if (fd < 0)
        return 0;
    if (say(fd, NULL) == 220 && say(fd, "LHLO x\r\n") == 250 && say(fd, "MAIL FROM:<a@b.example>\r\n") == 250)
        code = say(fd, line);
    close(fd);
    return code;
}

/* Mail is taken again, soon. Meanwhile it is refused for a while or the connection ends; never for good. */
static void assert_comes_back(const char *town)
{
    int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
    for (int code = rcpt(town); code != 250; code = rcpt(town)) {
        assert_true(code == 451 || code == 0);
        assert_true(clock_monotonic_ms() < until_ms);
        usleep(STEP_US);
    }
}

/* As many as before, and the one that was killed is not among them. */
static void assert_replaced(const char *role, pid_t killed, size_t count)
{
    pid_t pids[PIDS_MAX];
    int64_t until_ms = clock_monotonic_ms() + WAIT_MS;
    for (;;) {
        size_t found = pids_of(role, pids), old = 0;
        for (size_t i = 0; i < found; i++)
            old += pids[i] == killed;
        if (found == count && old == 0)
            return;
        assert_true(clock_monotonic_ms() < until_ms);
        usleep(STEP_US);
    }
}

/* ---- the tests ---- */

static void a_role_that_dies_comes_back(void **state)
{
    (void)state;
    static const char *const roles[] = {"parvis-town", "parvis-front", "parvis-auth", "parvis-hasher", "parvis-model"};
    pid_t pids[PIDS_MAX];
    serve();
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
            size_t count = pids_of(roles[i], pids);
            assert_true(count >= 1);
            kill(pids[0], SIGKILL);
            assert_comes_back("beauval");
            assert_comes_back("clairmont");
            assert_replaced(roles[i], pids[0], count);
        }
    assert_int_equal(waitpid(server, NULL, WNOHANG), 0);
    assert_int_equal(halt(), 0);
}

/* A transaction that is open when its town dies: "not now", on a connection that lives. */
static void an_open_transaction_is_told_not_now(void **state)
{
    (void)state;
    pid_t pids[PIDS_MAX];
    serve();
    int fd = dial();
    assert_int_equal(say(fd, NULL), 220);
    assert_int_equal(say(fd, "LHLO x\r\n"), 250);
    assert_int_equal(say(fd, "MAIL FROM:<a@b.example>\r\n"), 250);
    size_t count = pids_of("parvis-town", pids);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++)
        kill(pids[i], SIGSTOP);
    char line[] = "RCPT TO:<accueil@beauval.example>\r\n";
    assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
    usleep(100 * 1000);
    for (size_t i = 0; i < count; i++)
        kill(pids[i], SIGKILL);
    assert_int_equal(say(fd, NULL), 451);
    assert_int_equal(say(fd, "NOOP\r\n"), 250);
    close(fd);
    assert_comes_back("beauval");
    assert_int_equal(halt(), 0);
}

static void a_damaged_town_leaves_the_others_alone(void **state)
{
    (void)state;
    assert_int_equal(file_replace(str_format(arena, "%s/members/beauval/town.db", folder).at,
                                  STR("this is no database, as anybody can see who reads this far into the file.....")),
                     OK);
    serve();
    assert_comes_back("clairmont");
    assert_int_equal(rcpt("beauval"), 451);
    assert_int_equal(halt(), 0);
}

static void without_its_key_nothing_is_served(void **state)
{
    (void)state;
    struct str path = str_format(arena, "%s/key", folder);
    int how;
    assert_int_equal(file_replace(path.at, STR("too short")), OK);
    server = fork();
    if (server == 0)
        exit(parent_serve(folder));
    assert_int_equal(waitpid(server, &how, 0), server);
    server = 0;
    assert_int_equal(how, 1 << 8);
}

/* More members than a role is left descriptors by hand, and than are started at once. */
static void many_members_are_served(void **state)
{
    (void)state;
    pid_t pids[PIDS_MAX];
    char name[32];
    enum { MORE = 60 };
    for (int i = 0; i < MORE; i++) {
        snprintf(name, sizeof name, "town-%d", i);
        add_member(name);
    }
    add_people();
    serve();
    assert_int_equal(pids_of("parvis-town", pids), MORE + 2);
    assert_comes_back("town-0");
    snprintf(name, sizeof name, "town-%d", MORE - 1);
    assert_comes_back(name);
    assert_int_equal(pids_of("parvis-front", pids), 1);
    kill(pids[0], SIGKILL); /* the next one is told of all of them */
    assert_comes_back(name);
    assert_comes_back("town-0");
    assert_int_equal(halt(), 0);
}

/* A member added while the parent serves is found, and nothing that others point to moves. */
static void members_are_read_again(void **state)
{
    (void)state;
    struct parent *parent = calloc(1, sizeof *parent);
    parent->house.folder = folder;
    assert_int_equal(parent_read_members(parent), OK);
    assert_int_equal(parent->member_count, 2);
    struct parent_member *first = parent->members[0];
    first->front_told = first->town_told = true;
    for (int i = 0; i < 5; i++) {
        char name[32];
        snprintf(name, sizeof name, "added-%d", i);
        add_member(name);
        assert_int_equal(parent_read_members(parent), OK);
    }
    assert_int_equal(parent->member_count, 7);
    assert_ptr_equal(parent->members[0], first);
    assert_ptr_equal(first->town.member, first);
    assert_false(first->front_told || first->town_told);
    assert_true(str_eq(parent->members[6]->domains[0], STR("added-4.example")));
    assert_true(parent->members[6]->key >= 0 && parent->members[6]->key != first->key);
    assert_null(parent_town(parent, STR("beauval"))); /* known, and not running */
    for (size_t i = 0; i < parent->member_count; i++) {
        file_close(&parent->members[i]->key);
        free(parent->members[i]);
    }
    arena_destroy(&parent->texts);
    free(parent);
}

/* Started as root, the roles are not; a town dies and comes back as who it was, and a verb beside it too. */
static void roles_become_another_user(void **state)
{
    (void)state;
    static const char *const roles[] = {"parvis-town", "parvis-front", "parvis-auth", "parvis-hasher", "parvis-model"};
    struct owner nobody;
    pid_t pids[PIDS_MAX];
    char path[64];
    struct stat about;
    if (owner_find(STR("nobody"), &nobody) != OK || !owner_is_root())
        skip();
    serve();
    size_t towns = pids_of("parvis-town", pids);
    kill(pids[0], SIGKILL);
    assert_comes_back("beauval");
    assert_comes_back("clairmont");
    assert_replaced("parvis-town", pids[0], towns);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        size_t count = pids_of(roles[i], pids);
        assert_true(count > 0);
        while (count-- > 0) {
            struct buf text BUF_SCOPE = BUF_INIT(64 << 10);
            char wanted[64];
            snprintf(path, sizeof path, "/proc/%d/status", pids[count]);
            FILE *file = fopen(path, "r");
            assert_non_null(file);
            for (int byte = fgetc(file); byte != EOF; byte = fgetc(file))
                buf_add_byte(&text, (char)byte);
            fclose(file);
            snprintf(wanted, sizeof wanted, "Uid:\t%d\t%d\t%d\t%d\n", nobody.user, nobody.user, nobody.user,
                     nobody.user);
            assert_true(str_find(buf_str(&text), str_of(wanted)) != SIZE_MAX);
        }
    }
    assert_int_equal(stat(str_format(arena, "%s/members/beauval/town.db", folder).at, &about), 0);
    assert_int_equal(about.st_uid, nobody.user);
    assert_int_equal(stat(str_format(arena, "%s/syndicate.db", folder).at, &about), 0);
    assert_int_equal(about.st_uid, 0);
    assert_int_equal(halt(), 0);
}

/* Another program's listener, where this server's is to be. */
static int take_port(void)
{
    struct sockaddr_in at = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    int other = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(other, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(other, 1), 0);
    return other;
}

/* Another program has the port: an end, with a sentence that says what to do. */
static void a_taken_port_is_said_plainly(void **state)
{
    (void)state;
    char text[1000] = {0};
    int pipes[2], how = -1, other = take_port();
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDERR_FILENO);
        exit(parent_serve(folder));
    }
    close(pipes[1]);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 1);
    assert_true(read(pipes[0], text, sizeof text - 1) > 0);
    assert_non_null(strstr(text, "another program listens there"));
    close(pipes[0]);
    close(other);
}

/* As by a front of a run that was killed, which needs a moment to end. */
static void a_port_that_is_held_for_a_moment_is_waited_for(void **state)
{
    (void)state;
    int other = take_port();
    pid_t old = fork();
    if (old == 0) {
        usleep(300 * 1000);
        _exit(0);
    }
    close(other);
    serve();
    assert_comes_back("clairmont");
    assert_int_equal(halt(), 0);
    assert_int_equal(waitpid(old, NULL, 0), old);
}

static int set_up_with_user(void **state)
{
    has_user = true;
    return set_up(state);
}

static int tear_down_with_user(void **state)
{
    has_user = false;
    return tear_down(state);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_role_that_dies_comes_back),
        cmocka_unit_test_setup_teardown(roles_become_another_user, set_up_with_user, tear_down_with_user),
        CASE(an_open_transaction_is_told_not_now),
        CASE(a_damaged_town_leaves_the_others_alone),
        CASE(without_its_key_nothing_is_served),
        CASE(many_members_are_served),
        CASE(members_are_read_again),
        CASE(a_taken_port_is_said_plainly),
        CASE(a_port_that_is_held_for_a_moment_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
