#include "service/mail/store.h"

#include <openssl/sha.h>
#include <stdlib.h>

#include "core/shape.h"
#include "service/mail/accept_sql.h"
#include "service/mail/account_sql.h"
#include "service/mail/compact_sql.h"
#include "service/mail/conversation.h"
#include "service/mail/facts.h"
#include "service/mail/mail_slot.h"

enum { PATH_ROOM = 4096, REPLAY_ARENA = 64 << 20, TURN_CALM = 128 << 10, CALM_TURNS = 8 };

struct store {
    struct segments *segments;
    struct db *db;
    struct writer *writer;
    int64_t turn_segment, turn_position; /* where the journal stood when this turn began */
    bool turn_is_open;
    int turn_records, calm_turns; /* so many turns, one after the other, with one small record each */
    int64_t job, job_segment, job_position; /* the last job that appended, and where the journal stood before it */
    bool has_refused; /* a refused job's record could not be cut off: the turn goes with it */
    bool is_uncut;    /* a failed turn's records could not be: nothing is written before they are */
};

/* What the journal says of one copy; written after the head of a record, one after the other. */
struct copy {
    int64_t account, mailbox, uid, email, flags, received_ms;
};
static const struct shape_field copy_fields[] = {
    SHAPE_FIELD(copy, account, SHAPE_INT, 0), SHAPE_FIELD(copy, mailbox, SHAPE_INT, 0),
    SHAPE_FIELD(copy, uid, SHAPE_INT, 0),     SHAPE_FIELD(copy, email, SHAPE_INT, 0),
    SHAPE_FIELD(copy, flags, SHAPE_INT, 0),   SHAPE_FIELD(copy, received_ms, SHAPE_INT, 0),
};
static const struct shape copy_shape = SHAPE_OF(copy, copy_fields);
enum { COPY_BYTES = 6 * 8, MOVED = -1 };

/* A copy of account 0 is no copy: a source that was accepted, its hash in the four numbers that follow. */
static struct copy copy_of_source(const struct store_source *source, struct instant now)
{
    struct copy copy = {.received_ms = now.ms};
    memcpy(&copy.mailbox, source->hash, 8);
    memcpy(&copy.uid, source->hash + 8, 8);
    memcpy(&copy.email, source->hash + 16, 8);
    memcpy(&copy.flags, source->hash + 24, 8);
    return copy;
}

static enum status source_row(struct ctx *ctx, const struct copy *copy)
{
    const int64_t parts[] = {copy->mailbox, copy->uid, copy->email, copy->flags};
    struct buf text BUF_SCOPE = BUF_INIT(64);
    for (size_t i = 0; i < 4; i++)
        buf_add_format(&text, "%016llx", (unsigned long long)parts[i]);
    return sql_accept_add(
        ctx->db, (struct sql_accept_add){.source = buf_str(&text), .accepted_ms = copy->received_ms});
}

struct store *store_of(struct ctx *ctx)
{
    return ctx->town->state[MAIL_STORE_SLOT];
}

/* ---- threads ---- */

/* 63 bits of a message-id's hash: enough to tell an account's ids apart, and an integer key. */
static int64_t reference_hash(struct str id)
{
    unsigned char hash[SHA256_DIGEST_LENGTH];
    uint64_t value = 0;
    SHA256((const unsigned char *)id.at, id.len, hash);
    for (int i = 0; i < 8; i++)
        value = value << 8 | hash[i];
    return (int64_t)(value >> 1);
}

static enum status thread_find(struct ctx *ctx, int64_t account, struct str id, int64_t *ret_thread)
{
    struct sql_message_thread_find_row row;
    struct sql_message_thread_find in = {.account = account, .hash = reference_hash(id)};
    TRY(sql_message_thread_find(ctx->db, ctx->arena, in, &row));
    *ret_thread = row.thread;
    return OK;
}

static enum status thread_claim(struct ctx *ctx, int64_t account, struct str id, int64_t thread)
{
    if (id.len == 0)
        return OK;
    return sql_message_thread_add(
        ctx->db,
        (struct sql_message_thread_add){.account = account, .hash = reference_hash(id), .thread = thread});
}

/* Whoever writes may name any message as an ancestor: a thread that has enough of them in a mailbox takes no more. */
static enum status leave_full(struct ctx *ctx, int64_t mailbox, int64_t email, int64_t *thread)
{
    struct sql_conversation_get_row row;
    struct sql_conversation_get in = {.mailbox = mailbox, .thread = *thread};
    enum status found = sql_conversation_get(ctx->db, ctx->arena, in, &row);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    if (row.messages >= CONVERSATION_MESSAGES_MAX)
        *thread = email;
    return OK;
}

/* The thread of the nearest known ancestor, else a new one named after this email. All its references then
 * lead to it, so a message that comes before its parent still joins. */
static enum status thread_of(struct ctx *ctx, const struct copy *copy, const struct facts *facts, int64_t *ret_thread)
{
    int64_t account = copy->account, thread = copy->email;
    enum status found = facts->message_id.len ? thread_find(ctx, account, facts->message_id, &thread) : NOT_FOUND;
    for (struct str rest = facts->reference_ids; found == NOT_FOUND && rest.len > 0;) {
        size_t space = str_find_byte_last(rest, ' ');
        struct str id = space == SIZE_MAX ? rest : str_after(rest, space + 1);
        rest = space == SIZE_MAX ? STR_NONE : str_slice(rest, 0, space);
        found = id.len ? thread_find(ctx, account, id, &thread) : NOT_FOUND;
    }
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == OK)
        TRY(leave_full(ctx, copy->mailbox, copy->email, &thread));
    TRY(thread_claim(ctx, account, facts->message_id, thread));
    for (struct str rest = facts->reference_ids; rest.len > 0;)
        TRY(thread_claim(ctx, account, str_cut(&rest, ' '), thread));
    *ret_thread = thread;
    return OK;
}

/* ---- rows ---- */

static enum status email_add(struct ctx *ctx, const struct facts *facts, int64_t body, int64_t size,
                             const struct copy *copy, int64_t *ret_thread)
{
    TRY(thread_of(ctx, copy, facts, ret_thread));
    return sql_message_email_add(ctx->db, (struct sql_message_email_add){.id = copy->email,
                                                                         .body = body,
                                                                         .thread = *ret_thread,
                                                                         .size = size,
                                                                         .sent_ms = facts->sent.ms,
                                                                         .has_attachment = facts->has_attachment,
                                                                         .message_id = facts->message_id,
                                                                         .reference_ids = facts->reference_ids,
                                                                         .base_subject = facts->base_subject,
                                                                         .subject = facts->subject,
                                                                         .from_text = facts->from_text,
                                                                         .to_text = facts->to_text,
                                                                         .preview = facts->preview,
                                                                         .envelope = facts->envelope,
                                                                         .structure = facts->structure});
}

/* The email and its message row; copy->uid 0 takes the next UID. */
static enum status copy_add(struct ctx *ctx, const struct facts *facts, int64_t body, int64_t size,
                            struct copy *copy)
{
    mailbox_row mailbox;
    struct message_put put = {.email = copy->email,
                              .flags = copy->flags,
                              .size = size,
                              .received = {copy->received_ms},
                              .uid = copy->uid};
    TRY(mailbox_get(ctx, copy->account, copy->mailbox, &mailbox));
    TRY(email_add(ctx, facts, body, size, copy, &put.thread));
    return message_put(ctx, &mailbox, &put, SYNC_LATER, &copy->uid);
}

static enum status body_row(struct ctx *ctx, const struct segment_record *record)
{
    return sql_message_body_add(
        ctx->db, (struct sql_message_body_add){.id = record->body,
                                               .segment = record->segment,
                                               .position = record->position,
                                               .size = record->size,
                                               .hash = {(const char *)record->hash, SEGMENT_HASH}});
}

static enum status place_row(struct ctx *ctx, struct store *store)
{
    struct sql_message_set_place place;
    segment_place(store->segments, &place.segment, &place.position);
    return sql_message_set_place(ctx->db, place);
}

/* ---- adding ---- */

/* A disk that refused to cut the journal is asked again. */
static enum status cut_turn(struct store *store)
{
    enum status cut = segment_start(store->segments, store->turn_segment, store->turn_position);
    store->is_uncut = cut != OK;
    store->turn_is_open = cut != OK;
    return cut;
}

/* Before each record: remembers where the turn, and the job, began. */
static enum status append_begin(struct store *store)
{
    if (store->is_uncut)
        TRY(cut_turn(store));
    if (!store->turn_is_open)
        segment_place(store->segments, &store->turn_segment, &store->turn_position);
    store->turn_is_open = true;
    store->turn_records++;
    if (store->job == writer_job(store->writer))
        return OK;
    store->job = writer_job(store->writer);
    segment_place(store->segments, &store->job_segment, &store->job_position);
    return OK;
}

static enum status copies_of(struct ctx *ctx, struct store_target *targets, size_t count, struct instant received,
                             struct copy **ret_copies)
{
    struct copy *copies = arena_array(ctx->arena, struct copy, count + 1);
    if (copies == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct sql_account_take_email_row number;
        struct sql_account_take_email in = {.person = targets[i].account};
        TRY(sql_account_take_email(ctx->db, ctx->arena, in, &number));
        copies[i] = (struct copy){.account = targets[i].account,
                                  .mailbox = targets[i].mailbox,
                                  .email = targets[i].account << 32 | number.number,
                                  .flags = targets[i].flags,
                                  .received_ms = received.ms};
    }
    *ret_copies = copies;
    return OK;
}

static enum status record_add(struct ctx *ctx, struct store *store, struct str message, struct str facts,
                              int64_t body)
{
    struct segment_record record = {.body = body};
    TRY(append_begin(store));
    TRY(segment_append(store->segments, message, facts, &record));
    TRY(body_row(ctx, &record));
    return place_row(ctx, store);
}

static enum status add_copies(struct ctx *ctx, struct str message, int64_t body, struct instant received,
                              struct store_target *targets, size_t target_count, struct buf *journal)
{
    struct facts facts;
    struct copy *copies;
    if (target_count > STORE_TARGETS_MAX)
        return LIMIT;
    TRY(facts_read(ctx->arena, message, received, &facts));
    TRY(copies_of(ctx, targets, target_count, received, &copies));
    for (size_t i = 0; i < target_count; i++) {
        TRY(copy_add(ctx, &facts, body, (int64_t)message.len, &copies[i]));
        targets[i].uid = copies[i].uid;
        shape_encode(journal, &copy_shape, &copies[i]);
    }
    return OK;
}

enum status store_add(struct ctx *ctx, struct str message, struct instant received, struct store_target *targets,
                      size_t target_count, int64_t *ret_body)
{
    struct sql_message_take_body_row number;
    struct buf journal BUF_SCOPE = BUF_INIT(STORE_TARGETS_MAX * COPY_BYTES);
    TRY(writer_need(ctx->town->writer, SYNC_LATER));
    TRY(sql_message_take_body(ctx->db, ctx->arena, &number));
    TRY(add_copies(ctx, message, number.id, received, targets, target_count, &journal));
    TRY(record_add(ctx, store_of(ctx), message, buf_str(&journal), number.id));
    *ret_body = number.id;
    return OK;
}

enum status store_add_once(struct ctx *ctx, struct str message, const struct store_source *sources,
                           size_t source_count, struct store_target *targets, size_t target_count)
{
    struct sql_message_take_body_row number;
    struct buf journal BUF_SCOPE = BUF_INIT((STORE_TARGETS_MAX + STORE_SOURCES_MAX) * COPY_BYTES);
    if (source_count > STORE_SOURCES_MAX)
        return LIMIT;
    TRY(writer_need(ctx->town->writer, SYNC_LATER));
    TRY(sql_message_take_body(ctx->db, ctx->arena, &number));
    for (size_t i = 0; i < source_count; i++) {
        struct copy source = copy_of_source(&sources[i], ctx->now);
        TRY(source_row(ctx, &source));
        shape_encode(&journal, &copy_shape, &source);
    }
    TRY(add_copies(ctx, message, number.id, ctx->now, targets, target_count, &journal));
    return record_add(ctx, store_of(ctx), message, buf_str(&journal), number.id);
}

enum status store_add_body(struct ctx *ctx, struct str message, int64_t *ret_body)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return store_add(ctx, message, ctx->now, NULL, 0, ret_body);
}

/* ---- reading ---- */

enum status store_read(struct ctx *ctx, int64_t body, int64_t offset, int64_t length, struct buf *out)
{
    struct sql_message_body_get_row row;
    TRY(sql_message_body_get(ctx->db, ctx->arena, (struct sql_message_body_get){.id = body}, &row));
    return segment_read(store_of(ctx)->segments, out, row.segment, row.position, offset, length);
}

enum status store_message(struct ctx *ctx, int64_t body, struct str *ret_message)
{
    struct sql_message_body_get_row row;
    TRY(sql_message_body_get(ctx->db, ctx->arena, (struct sql_message_body_get){.id = body}, &row));
    struct buf bytes BUF_SCOPE = BUF_INIT((size_t)row.size + 1);
    TRY(segment_read(store_of(ctx)->segments, &bytes, row.segment, row.position, 0, row.size));
    *ret_message = str_copy(ctx->arena, buf_str(&bytes));
    return str_is_absent(*ret_message) ? LIMIT : OK;
}

/* ---- verifying and compaction ---- */

enum status store_record(struct ctx *ctx, struct arena *arena, int64_t segment, int64_t position,
                         struct segment_record *ret_record)
{
    return segment_read_record(store_of(ctx)->segments, arena, segment, position, true, ret_record);
}

enum status store_segments(struct ctx *ctx, int64_t **ret_segments, size_t *ret_count)
{
    return segment_numbers(store_of(ctx)->segments, ctx->arena, ret_segments, ret_count);
}

enum status store_segment_size(struct ctx *ctx, int64_t segment, int64_t *ret_size)
{
    return segment_size(store_of(ctx)->segments, segment, ret_size);
}

enum status store_recorded(struct ctx *ctx, int64_t *ret_segment, int64_t *ret_position)
{
    struct sql_message_state_row state;
    TRY(sql_message_state(ctx->db, ctx->arena, &state));
    *ret_segment = state.segment;
    *ret_position = state.position;
    return OK;
}

void store_set_roll(struct ctx *ctx, int64_t bytes)
{
    segment_set_roll(store_of(ctx)->segments, bytes);
}

void store_place(struct ctx *ctx, int64_t *ret_segment, int64_t *ret_position)
{
    segment_place(store_of(ctx)->segments, ret_segment, ret_position);
}

enum status store_drop_segment(struct ctx *ctx, int64_t segment)
{
    return segment_drop(store_of(ctx)->segments, segment);
}

/* Account MOVED marks a record that delivers nothing: its body's row is pointed to it. */
static enum status append_moved(struct ctx *ctx, struct store *store, struct str message, struct segment_record *record)
{
    struct buf journal BUF_SCOPE = BUF_INIT(COPY_BYTES);
    struct copy moved = {.account = MOVED, .received_ms = ctx->now.ms};
    shape_encode(&journal, &copy_shape, &moved);
    TRY(append_begin(store));
    TRY(segment_append(store->segments, message, buf_str(&journal), record));
    return place_row(ctx, store);
}

enum status store_move(struct ctx *ctx, const struct store_body *body, int64_t *ret_segment, int64_t *ret_position)
{
    struct store *store = store_of(ctx);
    struct buf message BUF_SCOPE = BUF_INIT((size_t)body->size + 1);
    unsigned char hash[SHA256_DIGEST_LENGTH];
    struct segment_record record = {.body = body->id};
    TRY(segment_read(store->segments, &message, body->segment, body->position, 0, body->size));
    SHA256((const unsigned char *)buf_str(&message).at, message.len, hash);
    if (!str_eq(body->hash, (struct str){(const char *)hash, sizeof hash}))
        return CORRUPT;
    TRY(append_moved(ctx, store, buf_str(&message), &record));
    *ret_segment = record.segment;
    *ret_position = record.position;
    return OK;
}

enum status store_prepare(struct town *town)
{
    struct store *store = town->state[MAIL_STORE_SLOT];
    if (store == NULL || store->turn_is_open || store->calm_turns < CALM_TURNS)
        return OK;
    return segment_prepare(store->segments);
}

/* ---- the writer's turn ---- */

static int64_t bytes_of_turn(const struct store *store)
{
    int64_t segment, position;
    segment_place(store->segments, &segment, &position);
    if (!store->turn_is_open)
        return 0;
    return segment == store->turn_segment ? position - store->turn_position : position;
}

static enum status before_commit(void *with)
{
    struct store *store = with;
    if (store->has_refused)
        return OUTSIDE;
    if (store->is_uncut)
        TRY(cut_turn(store));
    if (store->turn_records > 0)
        store->calm_turns = store->turn_records == 1 && bytes_of_turn(store) <= TURN_CALM ? store->calm_turns + 1 : 0;
    return segment_sync(store->segments);
}

/* A turn that failed leaves records no row names: they are cut, so that a restart cannot replay them. Where the rows
 * may stand all the same, so must their records. */
static void after_commit(void *with, enum status done)
{
    struct store *store = with;
    bool must_cut = done != OK && store->turn_is_open && db_is_sound(store->db);
    store->has_refused = false;
    store->job = 0;
    store->turn_records = 0;
    if (!must_cut || cut_turn(store) == OK)
        store->turn_is_open = false;
}

/* A job that failed was refused; its record goes, and its body's number is given again. */
static void after_undone(void *with)
{
    struct store *store = with;
    if (store->job != writer_job(store->writer))
        return;
    store->has_refused |= segment_retreat(store->segments, store->job_segment, store->job_position) != OK;
}

/* ---- replay ---- */

/* A mailbox is made by a commit that is on disk before anything is acknowledged: where one is missing, the turn of this
 * record never ended, and whoever sent it will send it again. */
static enum status is_whole(struct ctx *ctx, struct str rest, bool *ret_is)
{
    *ret_is = true;
    for (; rest.len > 0; rest = str_after(rest, COPY_BYTES)) {
        struct copy copy;
        mailbox_row mailbox;
        TRY(shape_decode(&copy_shape, str_slice(rest, 0, COPY_BYTES), &copy));
        enum status found = copy.account <= 0 ? OK : mailbox_get(ctx, copy.account, copy.mailbox, &mailbox);
        if (found != OK && found != NOT_FOUND)
            return found;
        *ret_is &= found == OK;
    }
    return OK;
}

/* Compaction copied it; its row may be pointed here already, or the body may be gone. */
static enum status replay_moved(struct ctx *ctx, const struct segment_record *record)
{
    return sql_compact_move(ctx->db, (struct sql_compact_move){.id = record->body, .segment = record->segment,
                                                               .position = record->position,
                                                               .hash = {(const char *)record->hash, SEGMENT_HASH}});
}

static enum status replay_record(struct ctx *ctx, struct store *store, const struct segment_record *record)
{
    struct buf message BUF_SCOPE = BUF_INIT((size_t)record->size + 1);
    struct facts facts;
    bool is_there;
    TRY(is_whole(ctx, record->facts, &is_there));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_message_set_next_body(ctx->db, (struct sql_message_set_next_body){.next_body = record->body + 1}));
    if (!is_there)
        return OK;
    TRY(segment_read(store->segments, &message, record->segment, record->position, 0, record->size));
    for (struct str rest = record->facts; rest.len > 0; rest = str_after(rest, COPY_BYTES)) {
        struct copy copy;
        TRY(shape_decode(&copy_shape, str_slice(rest, 0, COPY_BYTES), &copy));
        if (copy.account == MOVED)
            return replay_moved(ctx, record);
        if (copy.account == 0) {
            TRY(source_row(ctx, &copy));
            continue;
        }
        TRY(facts_read(ctx->arena, buf_str(&message), (struct instant){copy.received_ms}, &facts));
        TRY(copy_add(ctx, &facts, record->body, record->size, &copy));
        TRY(sql_account_set_next_email(
            ctx->db, (struct sql_account_set_next_email){.person = copy.account,
                                                         .next_email = (copy.email & UINT32_MAX) + 1}));
    }
    return body_row(ctx, record);
}

/* A file is begun when the one before is on disk. So where it has a record, the file before was whole once: what does
 * not prove there is damage, not the end that a power cut tore, and must not be cut off. */
static bool has_more(struct ctx *ctx, struct store *store, int64_t segment)
{
    struct segment_record record;
    return segment_read_record(store->segments, ctx->arena, segment, 0, true, &record) == OK;
}

/* What a row names was on disk before it. A journal that ends earlier has lost something. */
static enum status is_long_enough(struct store *store, const struct sql_message_state_row *state)
{
    int64_t size = 0;
    enum status found = segment_size(store->segments, state->segment, &size);
    if (found != OK && found != NOT_FOUND)
        return found;
    return size >= state->position ? OK : CORRUPT;
}

/* Replays from where the rows stop, over the ends of segments, to the first record that does not prove. */
static enum status replay(struct ctx *ctx, struct store *store, int64_t *ret_replayed)
{
    struct sql_message_state_row state;
    TRY(sql_message_state(ctx->db, ctx->arena, &state));
    TRY(is_long_enough(store, &state));
    int64_t segment = state.segment, position = state.position, replayed = 0;
    for (;;) {
        struct segment_record record;
        enum status read = segment_read_record(store->segments, ctx->arena, segment, position, true, &record);
        if (read == NOT_FOUND && position > 0) {
            if (!has_more(ctx, store, segment + 1))
                break;
            segment++;
            position = 0;
            continue;
        }
        if (read == CORRUPT && has_more(ctx, store, segment + 1))
            return CORRUPT;
        if (read != OK)
            break;
        TRY(replay_record(ctx, store, &record));
        position = segment_next(&record);
        replayed++;
    }
    TRY(segment_start(store->segments, segment, position));
    *ret_replayed = replayed;
    if (replayed > 0)
        return place_row(ctx, store);
    return OK;
}

enum status store_open(struct ctx *ctx, struct store **ret_store, int64_t *ret_replayed)
{
    struct store *store = calloc(1, sizeof *store);
    REQUIRE(store != NULL);
    store->db = ctx->db;
    store->writer = ctx->town->writer;
    struct str path = str_format(ctx->arena, "%s/segments", ctx->town->folder);
    enum status done = segments_open(path.at, true, &store->segments);
    ctx->town->state[MAIL_STORE_SLOT] = store;
    if (done == OK)
        done = replay(ctx, store, ret_replayed);
    if (done != OK) {
        ctx->town->state[MAIL_STORE_SLOT] = NULL;
        store_close(store);
        return done;
    }
    writer_add_hook(ctx->town->writer, (struct writer_hook){before_commit, after_commit, after_undone, store});
    *ret_store = store;
    return OK;
}

enum status store_open_to_read(struct ctx *ctx)
{
    struct store *store = calloc(1, sizeof *store);
    REQUIRE(store != NULL);
    struct str path = str_format(ctx->arena, "%s/segments", ctx->town->folder);
    enum status done = str_is_absent(path) ? LIMIT : segments_open(path.at, false, &store->segments);
    if (done == OK)
        ctx->town->state[MAIL_STORE_SLOT] = store;
    else
        store_close(store);
    return done;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    segments_close(store->segments);
    free(store);
}
