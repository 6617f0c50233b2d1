/* A model of a file as its own process; this program plays the role provider.
 *
 * What needs libllama is skipped where the pinned package of test/package.json is not installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/provider_reply.h"
#include "language/model/dialogue.h"
#include "language/model/shipped.h"
#include "language/model/speaker.h"
#include "os/file.h"
#include "os/process.h"
#include "role/provider_local.h"

#define LIBRARY "test/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64"
#define WAIT_MS (120 * 1000)

static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static char folder[] = "/tmp/parvis-local-XXXXXX";
static struct provider_local *local;
static struct provider provider;

/* The last answer. */
static struct {
    bool is_there;
    enum provider_failure failure;
    struct provider_reply reply;
} told;

static void on_late(void *with)
{
    (void)with;
    loop_stop(loop);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(256 << 20);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    local = NULL;
    return 0;
}

/* The first of its children; 0: it has none. */
static pid_t child_of(pid_t parent)
{
    int pid = 0;
    FILE *file = fopen(str_format(arena, "/proc/%d/task/%d/children", parent, parent).at, "r");
    assert_non_null(file);
    if (fscanf(file, "%d", &pid) != 1)
        pid = 0;
    fclose(file);
    return pid;
}

static int tear_down(void **state)
{
    (void)state;
    provider_local_end(local);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    for (pid_t pid; (pid = child_of(getpid())) > 0;)
        assert_true(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
    arena_destroy(&arena);
    return 0;
}

static void skip_without_library(void)
{
    struct stat about;
    if (stat(LIBRARY, &about) == 0)
        return;
    print_message("SKIP libllama: %s is not there (npm ci in test)\n", LIBRARY);
    skip();
}

static const char *path(const char *name)
{
    return str_format(arena, "%s/%s", folder, name).at;
}

static struct str bytes_of(const char *name)
{
    struct shipped_model shipped;
    assert_int_equal(shipped_model(str_of(name), &shipped), OK);
    return shipped.file;
}

static const char *put(const char *name, struct str bytes)
{
    assert_int_equal(file_replace(path(name), bytes), OK);
    return name;
}

static enum status begin(const char *file, const char *library, int64_t *memory)
{
    char here[FILE_PATH_MAX];
    const char *why = "";
    struct prologue house = {.role = ROLE_PROVIDER, .folder = folder, .member = STR("")};
    assert_non_null(getcwd(here, sizeof here));
    provider = (struct provider){.card = {.name = STR("local"), .address = STR("")}, .model_file = str_of(file),
                                 .library = library[0] == '/' ? str_of(library)
                                                              : str_format(arena, "%s/%s", here, library)};
    enum status done = provider_local_begin(&house, &provider, arena, memory, &local, &why);
    assert_int_equal(strlen(why) > 0 || done == OK, true);
    if (done == OK)
        assert_int_equal(provider_local_hear(local, loop), OK);
    return done;
}

static void begin_well(const char *file, const char *library)
{
    int64_t memory = (int64_t)1 << 30;
    assert_int_equal(begin(file, library, &memory), OK);
}

static void on_end(void *with, enum provider_failure failure, struct str reply)
{
    (void)with;
    told.is_there = true;
    told.failure = failure;
    if (failure == PROVIDER_WELL)
        assert_int_equal(provider_reply_read(arena, str_copy(arena, reply), &told.reply), OK);
}

static bool is_free(void)
{
    return provider_local_is_free(local);
}

static bool is_told(void)
{
    return told.is_there;
}

static bool stop_when(void *with)
{
    bool (*const *is_done)(void) = with;
    if ((*is_done)())
        loop_stop(loop);
    return false;
}

static void wait_until(bool (*is_done)(void))
{
    loop_timer_set(limit, WAIT_MS);
    if (!is_done())
        loop_run(loop, stop_when, &is_done);
    assert_true(is_done());
}

static enum provider_failure ask(struct str text)
{
    wait_until(is_free);
    told.is_there = false;
    provider_local_ask(local, text, on_end, &told);
    wait_until(is_told);
    return told.failure;
}

/* ---- files ---- */

static void a_file_is_named_by_its_hash(void **state)
{
    (void)state;
    int64_t memory = 3;
    put("x.gguf", STR("abc"));
    assert_int_equal(begin("x.gguf", "/nowhere", &memory), OK);
    assert_true(str_eq(provider.card.address, STR("file:x.gguf sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb"
                                                  "410ff61f20015ad")));
    assert_int_equal(memory, 0);
}

static void a_file_that_is_not_there_or_too_large_is_not_served(void **state)
{
    (void)state;
    int64_t memory = 2;
    put("x.gguf", STR("abc"));
    assert_int_equal(begin("x.gguf", "/nowhere", &memory), LIMIT);
    assert_int_equal(begin("none.gguf", "/nowhere", &memory), NOT_FOUND);
    assert_int_equal(memory, 2);
    assert_null(local);
}

/* ---- libraries ---- */

static void a_folder_without_libllama_is_said(void **state)
{
    (void)state;
    put("x.gguf", bytes_of("nano"));
    begin_well("x.gguf", "/nowhere");
    assert_int_equal(ask(STR("x")), PROVIDER_UNUSABLE);
    assert_int_equal(ask(STR("x")), PROVIDER_UNUSABLE);
    assert_false(provider_local_is_lost(local));
}

/* Another library, under that name: it does not say which version it is, and nothing of it is called. */
static void another_version_is_not_spoken_to(void **state)
{
    (void)state;
    put("x.gguf", bytes_of("nano"));
    assert_true(symlink("/lib/x86_64-linux-gnu/libm.so.6", path("libllama.so")) == 0);
    begin_well("x.gguf", folder);
    assert_int_equal(ask(STR("x")), PROVIDER_UNUSABLE);
}

static void what_is_no_such_model_is_said(void **state)
{
    (void)state;
    skip_without_library();
    struct str whole = bytes_of("nano");
    size_t name = str_find(whole, STR("llama"));
    assert_true(name < whole.len);
    char *at = arena_alloc(arena, whole.len);
    memcpy(at, whole.at, whole.len);
    memcpy(at + name, "lxama", 5);
    const struct str files[] = {STR(""), STR("GGUF"), STR("a text, and no model"), str_slice(whole, 0, 100),
                                str_slice(whole, 0, whole.len / 2), str_slice(whole, 0, whole.len - 5000),
                                {at, whole.len}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        put("x.gguf", files[i]);
        begin_well("x.gguf", LIBRARY);
        assert_int_equal(ask(STR("x")), PROVIDER_UNUSABLE);
        provider_local_end(local);
        local = NULL;
    }
}

/* ---- at work ---- */

/* The same text and the same probabilities as from our own inference: exact where the weights are (F32). */
static void same_as_ours(struct speaker *speaker, struct str prompt)
{
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct buf text BUF_SCOPE = BUF_INIT(4000);
    size_t count;
    double surprise = 0, theirs = 0;
    speaker_restart(speaker);
    assert_int_equal(speaker_hear_text(speaker, prompt), OK);
    speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &text);
    assert_int_equal(ask(prompt), PROVIDER_WELL);
    assert_true(str_eq(told.reply.said, str_trim(buf_str(&text))));
    assert_false(told.reply.is_cut);
    assert_int_equal(told.reply.token_count, count);
    for (size_t i = 0; i < count; i++) {
        surprise -= log((double)said[i].probability);
        theirs -= told.reply.tokens[i].log_probability;
    }
    assert_true(fabs(surprise - theirs) < 0.01);
}

static void a_model_of_ours_says_what_it_says_here(void **state)
{
    (void)state;
    static const char *const names[] = {"nano", "petit", "moyen"};
    static const struct str communes[] = {STR_INIT("Lyon"), STR_INIT("Brest"), STR_INIT("Nîmes"), STR_INIT("Paris")};
    skip_without_library();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct buf file BUF_SCOPE = BUF_INIT(MODEL_FILE_MAX);
        struct model model;
        struct speaker *speaker;
        assert_int_equal(model_read(arena, bytes_of(names[i]), &model), OK);
        assert_int_equal(speaker_create(arena, kernel_best(), &model, &speaker), OK);
        model_write(&model, GGUF_F32, &file);
        put("x.gguf", buf_str(&file));
        begin_well("x.gguf", LIBRARY);
        for (size_t k = 0; k < sizeof communes / sizeof communes[0]; k++) {
            struct buf prompt BUF_SCOPE = BUF_INIT(1000);
            if (model.making.kind == STREAM_LINES)
                world_prompt(&prompt, communes[k]);
            else
                dialogue_question(&prompt, DIALOGUE_POPULATION, communes[k]);
            same_as_ours(speaker, buf_str(&prompt));
        }
        assert_true(provider_local_memory(local) > 1 << 20);
        provider_local_end(local);
        local = NULL;
    }
}

static void a_text_longer_than_it_can_hear_is_refused(void **state)
{
    (void)state;
    skip_without_library();
    struct buf text BUF_SCOPE = BUF_INIT(PROVIDER_TEXT_MAX);
    for (size_t i = 0; i < PROVIDER_TEXT_MAX; i++)
        buf_add_byte(&text, 'e');
    put("x.gguf", bytes_of("nano"));
    begin_well("x.gguf", LIBRARY);
    assert_int_equal(ask(buf_str(&text)), PROVIDER_NARROW);
    assert_int_not_equal(ask(STR("Lyon")), PROVIDER_NARROW);
}

static void a_process_that_dies_fails_what_it_was_asked(void **state)
{
    (void)state;
    skip_without_library();
    put("x.gguf", bytes_of("moyen"));
    begin_well("x.gguf", LIBRARY);
    wait_until(is_free);
    pid_t pid = child_of(getpid());
    assert_true(pid > 1 && kill(pid, SIGSTOP) == 0);
    told.is_there = false;
    provider_local_ask(local, STR("Lyon"), on_end, &told);
    assert_false(provider_local_is_free(local));
    assert_true(kill(pid, SIGKILL) == 0);
    wait_until(is_told);
    assert_int_equal(told.failure, PROVIDER_ILL);
    assert_true(provider_local_is_lost(local));
    assert_int_equal(ask(STR("Lyon")), PROVIDER_AWAY);
}

/* moyen has no piece for this sign: libllama throws, which C cannot catch. */
static void what_libllama_dies_of_is_one_failure(void **state)
{
    (void)state;
    skip_without_library();
    put("x.gguf", bytes_of("moyen"));
    begin_well("x.gguf", LIBRARY);
    assert_int_equal(ask(STR("3,20 €")), PROVIDER_ILL);
    assert_int_equal(ask(STR("Lyon")), PROVIDER_AWAY);
}

/* Whoever does not wait any more hears nothing; the next one does. */
static void what_is_dropped_is_nobodys(void **state)
{
    (void)state;
    skip_without_library();
    put("x.gguf", bytes_of("nano"));
    begin_well("x.gguf", LIBRARY);
    wait_until(is_free);
    told.is_there = false;
    provider_local_ask(local, STR("Lyon"), on_end, &told);
    provider_local_drop(local, &told);
    wait_until(is_free);
    assert_false(told.is_there);
    ask(STR("Brest"));
}

static int clean(void **state)
{
    (void)state;
    static const char *const names[] = {"x.gguf", "libllama.so"};
    char name[sizeof folder + 20];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(name, sizeof name, "%s/%s", folder, names[i]);
        unlink(name);
    }
    return rmdir(folder);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_file_is_named_by_its_hash),
        CASE(a_file_that_is_not_there_or_too_large_is_not_served),
        CASE(a_folder_without_libllama_is_said),
        CASE(another_version_is_not_spoken_to),
        CASE(what_is_no_such_model_is_said),
        CASE(a_model_of_ours_says_what_it_says_here),
        CASE(a_text_longer_than_it_can_hear_is_refused),
        CASE(a_process_that_dies_fails_what_it_was_asked),
        CASE(what_libllama_dies_of_is_one_failure),
        CASE(what_is_dropped_is_nobodys),
    };
    if (mkdtemp(folder) == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, clean);
}
