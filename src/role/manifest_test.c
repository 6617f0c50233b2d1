#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "os/file.h"
#include "role/manifest.h"

static char folder[64];
static struct arena *arena;
static struct manifest manifest;

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/parvis-manifest-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(64 << 20);
    manifest = (struct manifest){.folder = folder, .arena = arena};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    return str_format(arena, "%s/%s", folder, name).at;
}

static void what_is_listed_is_checked(void **state)
{
    (void)state;
    char command[200];
    assert_int_equal(manifest_put(&manifest, STR("a"), STR("abc")), OK);
    assert_int_equal(manifest_put(&manifest, STR("deep/down/é b"), STR("")), OK);
    assert_int_equal(manifest_take(&manifest, STR("copy"), in_folder("a"), 2), OK);
    assert_int_equal(manifest_take(&manifest, STR("whole"), in_folder("a"), -1), OK);
    assert_int_equal(manifest_take(&manifest, STR("longer"), in_folder("a"), 4), CORRUPT);
    assert_int_equal(manifest_take(&manifest, STR("none"), in_folder("missing"), -1), NOT_FOUND);
    assert_int_equal(manifest_write(&manifest), OK);
    snprintf(command, sizeof command, "cd %s && sha256sum --quiet --strict -c " MANIFEST_NAME, folder);
    assert_int_equal(system(command), 0);
    struct manifest read = {.folder = folder, .arena = arena};
    assert_int_equal(manifest_read(&read), OK);
    assert_int_equal(read.files.count, 4);
    for (size_t i = 0; i < read.files.count; i++)
        assert_int_equal(manifest_check(&read, &read.files.at[i]), OK);
    assert_int_equal(file_replace(in_folder("a"), STR("abd")), OK);
    assert_int_equal(manifest_check(&read, &read.files.at[0]), CORRUPT);
    assert_int_equal(file_remove(in_folder("a")), OK);
    assert_int_equal(manifest_check(&read, &read.files.at[0]), NOT_FOUND);
}

static void paths_stay_inside(void **state)
{
    (void)state;
    const struct str bad[] = {STR(""), STR("/a"), STR("../a"), STR("a/../b"), STR("a//b"), STR("a/"), STR(".a"),
                              STR("a\nb"), STR("a\\b"), STR("a/.b")};
    const char *place;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(manifest_place(&manifest, bad[i], &place), INVALID);
    char *longest = malloc(MANIFEST_PATH_MAX + 1);
    for (int i = 0; i <= MANIFEST_PATH_MAX; i++)
        longest[i] = i % 100 == 99 ? '/' : 'x';
    assert_int_equal(manifest_place(&manifest, (struct str){longest + 1, MANIFEST_PATH_MAX}, &place), OK);
    assert_int_equal(manifest_place(&manifest, (struct str){longest, MANIFEST_PATH_MAX + 1}, &place), INVALID);
    free(longest);
}

static enum status read_text(const char *text)
{
    struct manifest read = {.folder = folder, .arena = arena};
    assert_int_equal(file_replace(in_folder(MANIFEST_NAME), str_of(text)), OK);
    return manifest_read(&read);
}

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void what_is_no_manifest_is_refused(void **state)
{
    (void)state;
    struct manifest read = {.folder = folder, .arena = arena};
    assert_int_equal(manifest_read(&read), NOT_FOUND);
    assert_int_equal(read_text(""), OK);
    assert_int_equal(read_text(HASH "  a\n" HASH "  b/c\n"), OK);
    assert_int_equal(read_text(HASH "  a\n" HASH "  a\n"), INVALID);
    assert_int_equal(read_text(HASH "  ../a\n"), INVALID);
    assert_int_equal(read_text(HASH " a\n"), INVALID);
    assert_int_equal(read_text(HASH "  \n"), INVALID);
    assert_int_equal(read_text("x" HASH "  a\n"), INVALID);
    assert_int_equal(read_text("a\n"), INVALID);
    assert_int_equal(read_text(HASH "  a\n\n"), INVALID);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(what_is_listed_is_checked), CASE(paths_stay_inside),
                                       CASE(what_is_no_manifest_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
