/* A member's auth database in memory, with a clock and chance of its own, for tests of auth.
 *
 * Included by one test program each; not part of the program. Each case has a database of its own. */
#ifndef CORE_TEST_AUTH_H
#define CORE_TEST_AUTH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/seeded.h"
#include "core/auth.h"
#include "core/totp.h"
#include "db/db.h"
#include "migrations.h"

/* One member's auth.db in memory, a clock that stands, and repeatable chance. */
static struct seeded chance;
static inline void draw(void *into, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)into)[i] = (unsigned char)seeded_next(&chance);
}

static struct auth auth = {.key = "0123456789abcdef0123456789abcde", .cost = {64, 1}, .member = 7, .entropy = draw};
static struct ctx ctx;

static inline int open_house(void **state)
{
    struct str refusal;
    struct migrate_plan plan = {
        .database = DATABASE_AUTH, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = {0}};
    (void)state;
    chance.state = 42;
    ctx = (struct ctx){.arena = arena_create(8 << 20), .auth = &auth, .now = {INT64_C(1790000000000)}};
    assert_int_equal(db_open("", DB_MEMORY, &ctx.db), OK);
    assert_int_equal(migrate(ctx.db, ctx.arena, &plan, &refusal), OK);
    assert_int_equal(db_begin(ctx.db), OK);
    struct auth_person person = {1, STR("accueil@beauval.example"), ROLE_AGENT, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    person = (struct auth_person){2, STR("dg@beauval.example"), ROLE_ADMINISTRATOR, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    return 0;
}

static inline int close_house(void **state)
{
    (void)state;
    db_rollback(ctx.db);
    db_close(ctx.db);
    arena_destroy(&ctx.arena);
    return 0;
}

static inline void set_password(int64_t person, struct str password)
{
    char verifier[PASSWORD_VERIFIER_MAX + 1];
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    assert_int_equal(password_hash(&out, auth.cost, password, (const unsigned char *)"abcdefghijklmnop"), OK);
    memcpy(verifier, out.at, out.len);
    assert_int_equal(auth_set_password(&ctx, person, (struct str){verifier, out.len}, 0, false), OK);
}

static inline struct auth_try try_of(enum auth_door door, struct str address, struct str password)
{
    return (struct auth_try){door, address, password, STR("192.0.2.7"), STR("Firefox")};
}

/* Both halves, with the hasher's work between them. */
static inline struct auth_answer login(struct auth_try try)
{
    struct auth_answer answer = {0};
    assert_int_equal(auth_login_begin(&ctx, &try, &answer), OK);
    if (answer.outcome == AUTH_CHECK)
        assert_int_equal(auth_login_end(&ctx, &try, password_check(try.password, answer.verifier), &answer), OK);
    return answer;
}

static inline struct auth_answer login_web(struct str password)
{
    return login(try_of(AUTH_WEB, STR("accueil@beauval.example"), password));
}

#define GOOD STR("un mot de passe long")

static inline struct str code_now(struct str secret, char text[8])
{
    snprintf(text, 8, "%06d", totp_code(secret, totp_step(ctx.now)) % 1000000);
    return (struct str){text, 6};
}

static inline struct str second_on(struct str codes[AUTH_RECOVERY_CODES])
{
    char text[8];
    struct str secret;
    assert_int_equal(auth_second_start(&ctx, 1, &secret), OK);
    assert_int_equal(auth_second_confirm(&ctx, 1, STR("12345"), codes), DENIED);
    assert_int_equal(auth_second_confirm(&ctx, 1, code_now(secret, text), codes), OK);
    assert_int_equal(auth_second_start(&ctx, 1, &secret), CONFLICT);
    ctx.now.ms += 10 * TOTP_STEP_MS;
    return secret;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_house, close_house)

#endif
