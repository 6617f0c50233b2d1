#include "service/mail/search.h"

#include <stdlib.h>

#include "core/translate.h"
#include "service/mail/lang.h"
#include "service/mail/mail_slot.h"
#include "service/mail/search_cache.h"
#include "service/mail/search_index.h"
#include "service/mail/search_sql.h"
#include "service/mail/search_town_sql.h"

enum { STATE_ARENA = 1 << 16, PROOF_ARENA = 512 << 20 };

struct search *search_of(const struct ctx *ctx)
{
    return ctx->town->state[MAIL_SEARCH_SLOT];
}

int search_compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Tables that other code made are of no use: their words may be cut otherwise. */
static enum status read_state(struct search *search)
{
    struct arena *arena ARENA_SCOPE = arena_create(STATE_ARENA);
    struct sql_search_state_row state;
    TRY(sql_search_state(search->db, arena, &state));
    if (state.version != SEARCH_VERSION)
        return search_index_clear(search);
    search->body = search->kept_body = state.body;
    search->email = search->kept_email = state.email;
    return OK;
}

enum status search_open(struct town *town, struct db *db)
{
    struct search *search = calloc(1, sizeof *search);
    REQUIRE(search != NULL);
    *search = (struct search){.db = db, .stemmer = stemmer_create()};
    town->state[MAIL_SEARCH_SLOT] = search;
    enum status done = read_state(search);
    if (done != OK)
        search_close(town);
    return done;
}

void search_close(struct town *town)
{
    struct search *search = town->state[MAIL_SEARCH_SLOT];
    if (search == NULL)
        return;
    town->state[MAIL_SEARCH_SLOT] = NULL;
    if (!search->is_damaged)
        (void)!search_index_settle(search); /* what is lost is indexed again */
    search_cache_destroy(search->cache);
    db_close(search->db);
    stemmer_destroy(search->stemmer);
    free(search);
}

enum status search_rebuild(struct ctx *ctx)
{
    return search_of(ctx) != NULL ? search_index_clear(search_of(ctx)) : OK;
}

/* ---- verify ---- */

struct proof {
    struct arena *arena;
    struct search_ids in;
    int64_t missing;
};

static enum status take(struct proof *proof, int64_t email)
{
    int64_t *added = list_add(&proof->in, proof->arena, SEARCH_IDS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = email;
    return OK;
}

static enum status on_text(void *with, const struct sql_search_text_each_row *row)
{
    return take(with, row->email);
}

static enum status on_large(void *with, const struct sql_search_large_each_row *row)
{
    return take(with, row->email);
}

static enum status on_email(void *with, const struct sql_search_town_until_row *row)
{
    struct proof *proof = with;
    bool is_in = proof->in.count > 0 &&
                 bsearch(&row->id, proof->in.at, proof->in.count, sizeof *proof->in.at, search_compare_ids) != NULL;
    proof->missing += !is_in;
    return OK;
}

static enum status count_missing(struct ctx *ctx, struct search *search, int64_t *ret_missing)
{
    struct arena *scratch ARENA_SCOPE = arena_create(PROOF_ARENA);
    struct proof proof = {.arena = scratch};
    TRY(sql_search_text_each(search->db, (struct sql_search_text_each){0, INT64_MAX}, on_text, &proof));
    TRY(sql_search_large_each(search->db, (struct sql_search_large_each){0, INT64_MAX}, on_large, &proof));
    if (proof.in.count > 1)
        qsort(proof.in.at, proof.in.count, sizeof *proof.in.at, search_compare_ids);
    struct sql_search_town_until in = {.body = search->body, .email = search->email};
    TRY(sql_search_town_until(ctx->db, in, on_email, &proof));
    *ret_missing = proof.missing;
    return OK;
}

enum status search_verify(struct ctx *ctx, struct buf *findings)
{
    struct search *search = search_of(ctx);
    struct str finding = STR("");
    int64_t missing = 0;
    if (search == NULL)
        return OK;
    TRY(search_index_settle(search));
    enum status proven = db_verify(search->db, ctx->arena, &finding);
    if (proven == OK)
        proven = count_missing(ctx, search, &missing);
    if (proven != OK && proven != CORRUPT)
        return proven;
    struct text_arg number = NUMBER_ARG("number", missing);
    if (proven == CORRUPT)
        translate(findings, ctx->language, T_mail_verify_search_damaged, NULL, 0);
    else if (missing > 0)
        translate(findings, ctx->language, T_mail_verify_search_missing, &number, 1);
    if (proven == CORRUPT || missing > 0)
        buf_add_byte(findings, '\n');
    return OK;
}
