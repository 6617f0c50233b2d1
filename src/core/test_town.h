/* A town in memory for tests of services: its tables, its writer, people to act as, and pages asked as a browser would.
 *
 * Included by one test program each; not part of the program. Time stands still at TEST_NOW. */
#ifndef CORE_TEST_TOWN_H
#define CORE_TEST_TOWN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/person.h"
#include "core/town.h"
#include "core/web_table.h"
#include "migrations.h"

#define TEST_NOW ((struct instant){INT64_C(1795428720000)}) /* 2026-11-23T10:12:00Z */
#define TEST_TOKEN "form-token-of-the-test"

struct test_town {
    struct arena *arena;
    struct town town;
    struct web_table *pages;
    struct actor actor; /* who acts in test_ctx */
    struct instant now;
    enum language language; /* French at first */
    /* Answers what a page asks the parent; NULL: nobody does. */
    void (*parent)(struct test_town *test, const struct web_house *ask, struct web_house *answer);
};

static inline void test_town_open(struct test_town *test)
{
    struct str refusal = STR("");
    struct migrate_plan plan = {
        .database = DATABASE_TOWN, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = TEST_NOW};
    *test = (struct test_town){.arena = arena_create(256 << 20), .now = TEST_NOW};
    test->actor = (struct actor){.address = STR(""), .name = STR("")};
    test->town = (struct town){.member = 1, .name = STR("beauval"), .domain_count = 1};
    test->town.domains[0] = STR("beauval.example");
    test->town.place = (struct place){.member = 1, .name = STR("beauval"), .title = STR("Beauval"),
                                      .kind = STR("commune"), .language = STR("fr"), .zone = STR("Europe/Paris"),
                                      .desk = STR(""), .phone = STR(""), .hours = STR(""),
                                      .services_on = UINT64_MAX};
    assert_int_equal(db_open(NULL, DB_MEMORY, &test->town.db), OK);
    assert_int_equal(migrate(test->town.db, test->arena, &plan, &refusal), OK);
    test->town.writer = writer_create(test->town.db);
    assert_int_equal(web_table_create(test->arena, service_all, WEB_TOWN, &test->pages, &refusal), OK);
}

static inline void test_town_close(struct test_town *test)
{
    writer_destroy(test->town.writer);
    db_close(test->town.db);
    arena_destroy(&test->arena);
}

static inline struct ctx test_ctx(struct test_town *test)
{
    return (struct ctx){.arena = test->arena, .town = &test->town, .place = &test->town.place, .db = test->town.db,
                        .now = test->now, .language = test->language, .actor = test->actor, .trace = STR("")};
}

/* One job and its commit: `DO(&test, notice_post(&ctx, …))`. */
static inline enum status test_end(struct test_town *test, enum status done)
{
    done = writer_job_end(test->town.writer, done);
    assert_int_equal(writer_commit(test->town.writer), OK);
    return done;
}
#define DO(test, call) (writer_job_begin((test)->town.writer), test_end((test), (call)))

static inline int64_t test_person(struct test_town *test, const char *address, const char *name)
{
    int64_t id = 0;
    struct ctx ctx = test_ctx(test);
    assert_int_equal(DO(test, person_add(&ctx, str_of(address), str_of(name), &id)), OK);
    return id;
}

static inline void test_act_as(struct test_town *test, int64_t person, enum role role)
{
    test->actor = (struct actor){.person = person, .session = 1, .rights = permission_of_role(role),
                                 .address = STR("somebody@beauval.example"), .name = STR("Accueil")};
}

static struct web_response test_response; /* of the last page asked */

/* Asks a page as a browser does; `form` NULL is a GET. The body is the test's to read until the next call. */
static inline int test_page(struct test_town *test, const char *path, const char *form, struct str *ret_body)
{
    struct web_response response = test_response;
    struct ctx ctx = test_ctx(test);
    struct str whole = str_of(path);
    struct web_request request = {.method = form != NULL ? WEB_POST : WEB_GET, .path = str_cut(&whole, '?'),
                                  .query = str_is_absent(whole) ? STR("") : whole,
                                  .content_type = STR("application/x-www-form-urlencoded"),
                                  .body = str_of(form != NULL ? form : ""), .accept_language = STR(""),
                                  .form_token = STR(TEST_TOKEN), .remote = STR("::1"), .device = STR("test"),
                                  .host = STR("beauval.localhost")};
    buf_finish(&response.body);
    response = (struct web_response){.body = BUF_INIT(16 << 20)};
    (void)DO(test, web_dispatch(&ctx, test->pages, &request, &response));
    if (response.asks_house) {
        struct web_house answer = {.lines = STR("")};
        struct web_house ask = response.house;
        assert_non_null(test->parent);
        answer.words = ask.words = str_copy(test->arena, ask.words);
        test->parent(test, &ask, &answer);
        buf_finish(&response.body);
        response = (struct web_response){.body = BUF_INIT(16 << 20)};
        ctx = test_ctx(test);
        request.house = &answer;
        (void)DO(test, web_dispatch(&ctx, test->pages, &request, &response));
        assert_false(response.asks_house);
    }
    test_response = response;
    *ret_body = response.code == 303 ? response.location : buf_str(&response.body);
    if (!str_is_absent(response.lasting))
        *ret_body = response.lasting;
    return response.code;
}

#define assert_has(body, text) assert_true(str_find((body), STR(text)) != SIZE_MAX)
#define assert_lacks(body, text) assert_true(str_find((body), STR(text)) == SIZE_MAX)

#endif
