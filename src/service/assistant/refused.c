#include "service/assistant/refused.h"

#include <stdlib.h>

#include "core/pseudonym.h"
#include "core/town.h"
#include "language/source/search.h"
#include "language/stem.h"
#include "service/assistant/refused_sql.h"
#include "service/assistant/shelf.h"

/* The key of askers, of one day: with it their addresses could be found by trying all, so it is written nowhere. */
struct day_key {
    int64_t day;
    unsigned char bytes[PSEUDONYM_KEY_BYTES];
};

/* ---- who ---- */

static struct day_key *key_of_day(struct ctx *ctx)
{
    struct day_key *key = ctx->town->state[REFUSED_SLOT];
    int64_t day = date_of_instant(ctx->now).days;
    if (key == NULL)
        key = calloc(1, sizeof *key);
    if (key == NULL)
        return NULL;
    ctx->town->state[REFUSED_SLOT] = key;
    if (key->day != day)
        pseudonym_key(key->bytes);
    key->day = day;
    return key;
}

static enum status asker_of(struct ctx *ctx, struct str remote, struct pseudonym *ret_asker)
{
    const struct day_key *key = key_of_day(ctx);
    if (key == NULL)
        return LIMIT;
    struct str network = pseudonym_network(remote);
    struct str who = ctx->actor.session != 0
                         ? str_format(ctx->arena, "session %lld", (long long)ctx->actor.session)
                         : str_format(ctx->arena, "network %.*s", STR_ARG(network));
    *ret_asker = pseudonym_of(key->bytes, who);
    return str_is_absent(who) ? LIMIT : OK;
}

/* ---- what about ---- */

struct subject {
    struct str stems[REFUSED_STEMS]; /* in the order of their bytes */
    struct str words[REFUSED_STEMS]; /* as asked, the rarest first */
    size_t count;
};

/* Is this slot rarer than the other? Of equals the one whose bytes come first. */
static bool is_rarer(const struct question_slot *slot, const struct question_slot *other)
{
    return slot->idf > other->idf || (slot->idf == other->idf && str_compare(slot->text, other->text) < 0);
}

static void sort_stems(struct subject *subject)
{
    for (size_t i = 1; i < subject->count; i++)
        for (size_t at = i; at > 0 && str_compare(subject->stems[at], subject->stems[at - 1]) < 0; at--) {
            struct str before = subject->stems[at - 1];
            subject->stems[at - 1] = subject->stems[at];
            subject->stems[at] = before;
        }
}

static enum status subject_of(struct ctx *ctx, struct str text, struct subject *ret_subject)
{
    struct stemmer *stemmer;
    struct question question;
    size_t rarest[REFUSED_STEMS + 1] = {0}; /* slots */
    const struct library *library = shelf_library(ctx, DOCUMENT_PUBLIC, &stemmer);
    *ret_subject = (struct subject){.count = 0};
    if (library == NULL)
        return OK;
    TRY(question_read(ctx->arena, library, stemmer, text, &question));
    for (size_t i = 0; i < question.asked_count; i++) {
        size_t at = ret_subject->count;
        for (; at > 0 && is_rarer(&question.slots[i], &question.slots[rarest[at - 1]]); at--)
            rarest[at] = rarest[at - 1];
        rarest[at] = i;
        ret_subject->count += ret_subject->count < REFUSED_STEMS;
    }
    for (size_t i = 0; i < ret_subject->count; i++) {
        struct str word = question.slots[rarest[i]].text;
        ret_subject->words[i] = str_copy(ctx->arena, word);
        ret_subject->stems[i] = str_copy(ctx->arena, stem_of(stemmer, word));
        if (str_is_absent(ret_subject->words[i]) || str_is_absent(ret_subject->stems[i]))
            return LIMIT;
    }
    sort_stems(ret_subject);
    return OK;
}

static enum status subject_key(struct ctx *ctx, struct str *ret_key)
{
    struct sql_refused_key_row row;
    unsigned char fresh[PSEUDONYM_KEY_BYTES];
    enum status found = sql_refused_key(ctx->db, ctx->arena, &row);
    if (found != NOT_FOUND) {
        TRY(found);
        *ret_key = row.bytes;
        return row.bytes.len == PSEUDONYM_KEY_BYTES ? OK : CORRUPT;
    }
    pseudonym_key(fresh);
    *ret_key = str_copy(ctx->arena, (struct str){(const char *)fresh, sizeof fresh});
    TRY(str_is_absent(*ret_key) ? LIMIT : OK);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_refused_key_set(ctx->db, (struct sql_refused_key_set){.bytes = *ret_key});
}

static struct str joined(struct ctx *ctx, const struct str *words, size_t count, const char *between)
{
    struct buf out BUF_SCOPE = BUF_INIT(REFUSED_STEMS * 1024);
    for (size_t i = 0; i < count; i++) {
        buf_add_c(&out, i > 0 ? between : "");
        buf_add(&out, words[i]);
    }
    return str_copy(ctx->arena, buf_str(&out));
}

/* ---- counting ---- */

static enum status add(struct ctx *ctx, const struct subject *subject, struct str hash, struct str asker)
{
    struct sql_refused_askers_row row;
    int64_t day = date_of_instant(ctx->now).days;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_refused_add(ctx->db, (struct sql_refused_add){.subject = hash, .asker = asker, .day = day}));
    TRY(sql_refused_askers(ctx->db, ctx->arena, (struct sql_refused_askers){.subject = hash}, &row));
    if (row.askers < REFUSED_ASKERS)
        return OK;
    struct sql_refused_subject_set in = {
        .subject = hash, .words = joined(ctx, subject->words, subject->count, ", "), .day = day};
    return sql_refused_subject_set(ctx->db, in);
}

/* Whoever asks much of nothing must not end the counting: subjects that can be read stay, of the others those go that
 * the fewest have asked, the oldest first; many at once, since finding them reads all. */
static enum status make_room(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_refused_make_room in = {.least = REFUSED_ASKERS, .subjects = REFUSED_ROWS_MAX / 10};
    return sql_refused_make_room(ctx->db, in);
}

enum status refused_count(struct ctx *ctx, struct str question, struct str remote)
{
    struct subject subject;
    struct pseudonym asker;
    struct sql_refused_room_row room;
    struct str key;
    TRY(subject_of(ctx, question, &subject));
    if (subject.count == 0)
        return OK;
    TRY(asker_of(ctx, remote, &asker));
    struct sql_refused_room by = {.asker = pseudonym_str(&asker)};
    TRY(sql_refused_room(ctx->db, ctx->arena, by, &room));
    if (room.of_asker >= REFUSED_OF_ASKER_MAX)
        return OK;
    if (room.all_rows >= REFUSED_ROWS_MAX)
        TRY(make_room(ctx));
    TRY(subject_key(ctx, &key));
    struct pseudonym hash = pseudonym_of((const unsigned char *)key.at,
                                         joined(ctx, subject.stems, subject.count, " "));
    return add(ctx, &subject, pseudonym_str(&hash), pseudonym_str(&asker));
}

/* ---- reading, and the end ---- */

enum status refused_list(struct ctx *ctx, struct refused **ret_subjects, size_t *ret_count)
{
    struct sql_refused_list_row *rows;
    size_t count, shown = 0;
    TRY(sql_refused_list(ctx->db, ctx->arena, &rows, &count));
    struct refused *subjects = arena_array(ctx->arena, struct refused, count + 1);
    if (subjects == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (rows[i].askers >= REFUSED_ASKERS) /* until the sweep, older ones may have left fewer */
            subjects[shown++] = (struct refused){rows[i].words, rows[i].askers, {(int32_t)rows[i].day}};
    *ret_subjects = subjects;
    *ret_count = shown;
    return OK;
}

enum status refused_sweep(struct ctx *ctx)
{
    struct sql_refused_oldest_row row;
    int64_t before = date_of_instant(ctx->now).days - REFUSED_DAYS;
    enum status found = sql_refused_oldest(ctx->db, ctx->arena, &row);
    if (found != OK || row.day >= before)
        return found == OK ? NOT_FOUND : found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_refused_old(ctx->db, (struct sql_refused_old){.before = before}));
    return sql_refused_subject_old(ctx->db, (struct sql_refused_subject_old){.least = REFUSED_ASKERS});
}

void refused_close(struct town *town)
{
    free(town->state[REFUSED_SLOT]);
    town->state[REFUSED_SLOT] = NULL;
}
