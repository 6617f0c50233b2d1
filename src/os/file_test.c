#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "os/file.h"

static char folder[] = "/tmp/parvis-file-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[FILE_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"parts", "small", "lock", "full"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(in_folder(names[i]));
    rmdir(in_folder("a/b"));
    rmdir(in_folder("a"));
    return rmdir(folder);
}

static void parts_are_written_one_behind_the_other(void **state)
{
    (void)state;
    int fd FILE_SCOPE = -1;
    char got[16];
    size_t length;
    struct str parts[] = {STR("ab"), STR(""), STR("cde"), STR("f")};
    assert_int_equal(file_open(in_folder("parts"), FILE_WRITE, &fd), NOT_FOUND);
    assert_int_equal(file_open(in_folder("parts"), FILE_CREATE, &fd), OK);
    assert_int_equal(file_write_parts(fd, 2, parts, 4), OK);
    assert_int_equal(file_sync(fd), OK);
    assert_int_equal(file_read(fd, 0, got, sizeof got, &length), OK);
    assert_int_equal(length, 8);
    assert_memory_equal(got, "\0\0abcdef", 8);
    assert_int_equal(file_read(fd, 8, got, 1, &length), OK);
    assert_int_equal(length, 0);
}

static void a_small_file_is_replaced_whole(void **state)
{
    (void)state;
    struct buf got BUF_SCOPE = BUF_INIT(5);
    assert_int_equal(file_replace(in_folder("small"), STR("long, long")), OK);
    assert_int_equal(file_read_all(in_folder("small"), &got), LIMIT);
    buf_clear(&got);
    assert_int_equal(file_replace(in_folder("small"), STR("short")), OK);
    assert_int_equal(file_read_all(in_folder("small"), &got), OK);
    assert_true(str_eq(buf_str(&got), STR("short")));
    assert_int_not_equal(access(in_folder("small.new"), F_OK), 0);
}

static void folders_come_with_their_parents(void **state)
{
    (void)state;
    assert_int_equal(file_folder(in_folder("a/b")), OK);
    assert_int_equal(file_folder(in_folder("a/b")), OK);
    assert_int_equal(file_replace(in_folder("small"), STR("x")), OK);
    assert_int_equal(file_folder(in_folder("small")), CONFLICT);
}

static void a_lock_is_held_once(void **state)
{
    (void)state;
    int first FILE_SCOPE = -1, second FILE_SCOPE = -1;
    assert_int_equal(file_lock(in_folder("lock"), &first), OK);
    assert_int_equal(file_lock(in_folder("lock"), &second), BUSY);
    file_close(&first);
    assert_int_equal(file_lock(in_folder("lock"), &second), OK);
}

static void only_sealed_memory_is_mapped(void **state)
{
    (void)state;
    int sealed FILE_SCOPE = -1;
    int open_memory FILE_SCOPE = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    struct str bytes;
    assert_int_equal(file_memory(STR("hello"), &sealed), OK);
    assert_int_equal(file_map(sealed, 4, &bytes), INVALID);
    assert_int_equal(file_map(sealed, 5, &bytes), OK);
    assert_true(str_eq(bytes, STR("hello")));
    file_unmap(bytes);
    assert_int_not_equal(file_write(sealed, 0, STR("HELLO")), OK);
    assert_int_equal(file_map(open_memory, 5, &bytes), INVALID);
}

static void a_full_disk_is_a_limit(void **state)
{
    (void)state;
    int fd FILE_SCOPE = -1;
    struct rlimit before, tight;
    assert_int_equal(file_open(in_folder("full"), FILE_CREATE, &fd), OK);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight = before;
    tight.rlim_cur = 8;
    setrlimit(RLIMIT_FSIZE, &tight);
    enum status done = file_write(fd, 0, STR("more than eight bytes"));
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(done, LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_written_one_behind_the_other), cmocka_unit_test(a_small_file_is_replaced_whole),
        cmocka_unit_test(folders_come_with_their_parents),        cmocka_unit_test(a_lock_is_held_once),
        cmocka_unit_test(only_sealed_memory_is_mapped),           cmocka_unit_test(a_full_disk_is_a_limit),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
