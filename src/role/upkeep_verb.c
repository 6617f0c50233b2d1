#include "role/upkeep_verb.h"

#include "base/base64.h"
#include "core/audit.h"
#include "core/service.h"
#include "core/town.h"
#include "service/mail/rebuild.h"
#include "service/mail/verify.h"

/* ---- numbers that are handed from step to step ---- */

enum { NUMBERS_MAX = 8 };

static enum status read_numbers(struct str handed, int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        numbers[i] = 0;
    for (size_t i = 0; i < count && handed.len > 0; i++)
        TRY(str_to_i64(str_cut(&handed, ' '), &numbers[i]));
    return OK;
}

static void hand_numbers(struct verb_call *call, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_format(call->hand, "%s%lld", i > 0 ? " " : "", (long long)numbers[i]);
}

/* ---- verify: findings, segment, position, bodies, total ---- */

enum { FINDINGS, SEGMENT, POSITION, BODIES, TOTAL, VERIFY_NUMBERS };

static void say(struct ctx *ctx, struct verb_call *call, enum text_key key, const struct text_arg *args, size_t count)
{
    translate(call->out, ctx->language, key, args, count);
    buf_add_byte(call->out, '\n');
}

static enum status verify_database(struct ctx *ctx, struct verb_call *call, struct str name)
{
    struct str finding = STR("");
    enum status proven = db_verify(ctx->db, ctx->arena, &finding);
    struct text_arg args[] = {TEXT_ARG("name", name), TEXT_ARG("finding", finding)};
    if (proven == CORRUPT)
        say(ctx, call, T_verify_database, args, 2);
    return proven == CORRUPT ? OK : proven;
}

enum status upkeep_verify_auth(struct ctx *ctx, struct verb_call *call)
{
    TRY(verify_database(ctx, call, STR("auth.db")));
    int64_t numbers[VERIFY_NUMBERS] = {(int64_t)str_count_byte(buf_str(call->out), '\n')};
    hand_numbers(call, numbers, VERIFY_NUMBERS);
    return OK;
}

static enum status verify_audit(struct ctx *ctx, struct verb_call *call)
{
    struct buf head BUF_SCOPE = BUF_INIT(AUDIT_HASH_BYTES);
    struct str hex = verb_option(call, "--head");
    int64_t entry;
    if (!str_is_absent(hex) && (hex_decode(&head, hex) != OK || head.len != AUDIT_HASH_BYTES))
        return refuse(ctx, INVALID, "verify.head_form", T_verify_head_form);
    enum status proven =
        audit_verify(ctx, str_is_absent(hex) ? NULL : (const unsigned char *)head.at, &entry);
    struct text_arg arg = NUMBER_ARG("entry", entry);
    if (proven == CORRUPT)
        say(ctx, call, T_verify_audit, &arg, 1);
    if (proven == NOT_FOUND)
        say(ctx, call, T_verify_head, NULL, 0);
    return proven == CORRUPT || proven == NOT_FOUND ? OK : proven;
}

enum status upkeep_verify_rows(struct ctx *ctx, struct verb_call *call)
{
    int64_t numbers[VERIFY_NUMBERS];
    TRY(read_numbers(call->handed, numbers, VERIFY_NUMBERS));
    TRY(verify_database(ctx, call, STR("town.db")));
    TRY(verify_audit(ctx, call));
    for (size_t i = 0; service_all[i] != NULL; i++)
        if (service_all[i]->verify != NULL)
            TRY(service_all[i]->verify(ctx, call->out));
    numbers[FINDINGS] += (int64_t)str_count_byte(buf_str(call->out), '\n');
    hand_numbers(call, numbers, VERIFY_NUMBERS);
    return OK;
}

static enum status end_verify(struct ctx *ctx, struct verb_call *call, const int64_t *numbers)
{
    struct audit_head head;
    TRY(audit_head(ctx, &head));
    buf_add_format(call->out, "%.*s: %lld bodies, %lld audit entries, head ", STR_ARG(ctx->town->name),
                   (long long)numbers[BODIES], (long long)head.count);
    hex_encode(call->out, (struct str){(const char *)head.hash, AUDIT_HASH_BYTES});
    buf_add_format(call->out, ": %lld findings\n", (long long)numbers[FINDINGS]);
    return numbers[FINDINGS] == 0 ? OK : refuse(ctx, CORRUPT, "town.findings", T_town_findings);
}

enum status upkeep_verify_bodies(struct ctx *ctx, struct verb_call *call)
{
    int64_t numbers[VERIFY_NUMBERS];
    TRY(read_numbers(call->handed, numbers, VERIFY_NUMBERS));
    struct verify_walk walk = {.segment = numbers[SEGMENT], .position = numbers[POSITION], .bodies = numbers[BODIES],
                               .total = numbers[TOTAL]};
    enum status more = mail_verify_bodies(ctx, &walk, call->out);
    if (more != OK && more != NOT_FOUND)
        return more;
    numbers[FINDINGS] += (int64_t)str_count_byte(buf_str(call->out), '\n');
    numbers[SEGMENT] = walk.segment;
    numbers[POSITION] = walk.position;
    call->done = numbers[BODIES] = walk.bodies;
    call->total = numbers[TOTAL] = walk.total;
    hand_numbers(call, numbers, VERIFY_NUMBERS);
    if (more == NOT_FOUND)
        return end_verify(ctx, call, numbers);
    call->next--;
    return OK;
}

/* ---- rebuild: phase, last, emails, mailboxes, done, total ---- */

enum { PHASE, LAST, EMAILS, MAILBOXES, DONE, WHOLE, REBUILD_NUMBERS };

enum status upkeep_rebuild_mail(struct ctx *ctx, struct verb_call *call)
{
    int64_t numbers[REBUILD_NUMBERS];
    TRY(read_numbers(call->handed, numbers, REBUILD_NUMBERS));
    struct rebuild_walk walk = {.phase = (enum rebuild_phase)numbers[PHASE], .last = numbers[LAST],
                                .emails = numbers[EMAILS], .mailboxes = numbers[MAILBOXES], .done = numbers[DONE],
                                .total = numbers[WHOLE]};
    enum status more = mail_rebuild(ctx, &walk);
    if (more != OK && more != NOT_FOUND)
        return more;
    const int64_t now[REBUILD_NUMBERS] = {walk.phase, walk.last, walk.emails, walk.mailboxes, walk.done, walk.total};
    hand_numbers(call, now, REBUILD_NUMBERS);
    call->done = walk.done;
    call->total = walk.total;
    if (more == OK)
        call->next--;
    else
        buf_add_format(call->out, "%.*s: %lld messages, %lld folders made again\n", STR_ARG(ctx->town->name),
                       (long long)walk.emails, (long long)walk.mailboxes);
    return OK;
}

/* A step of the first service that has something to bring up to date outside the town's database. */
static enum status follow(struct ctx *ctx)
{
    enum status done = NOT_FOUND;
    for (size_t i = 0; service_all[i] != NULL && done == NOT_FOUND; i++)
        if (service_all[i]->follow != NULL)
            done = service_all[i]->follow(ctx);
    return done;
}

/* One service each time; what is handed is how many are done, in the place of the phase. */
enum status upkeep_rebuild_services(struct ctx *ctx, struct verb_call *call)
{
    int64_t numbers[REBUILD_NUMBERS], seen = 0;
    TRY(read_numbers(call->handed, numbers, REBUILD_NUMBERS));
    int64_t done = numbers[PHASE] - REBUILD_ENDED;
    for (size_t i = 0; service_all[i] != NULL; i++) {
        if (service_all[i]->rebuild == NULL || seen++ < done)
            continue;
        TRY(service_all[i]->rebuild(ctx));
        numbers[PHASE]++;
        hand_numbers(call, numbers, REBUILD_NUMBERS);
        call->next--;
        return OK;
    }
    enum status more = follow(ctx);
    if (more == NOT_FOUND)
        return audit_add(ctx, "town.rebuild", ctx->town->name, STR(""));
    if (more != OK && more != BUSY) /* BUSY: a delivery of this turn is not committed yet */
        return more;
    hand_numbers(call, numbers, REBUILD_NUMBERS);
    call->next--;
    return OK;
}
